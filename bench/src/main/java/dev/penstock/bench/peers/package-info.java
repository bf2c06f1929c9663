/// Our engine beside other programs that run language models: [PeersBenchmark] leads, [PeerLoad] is what all of them
/// answer, [PeerRun] what one run gave, [PeerTools] installs and starts the others.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.peers;
