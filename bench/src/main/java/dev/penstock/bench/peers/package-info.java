/// Our engine beside other programs that run language models: [PeersBenchmark] leads, [LlamaCpp], [TransformersJs] and
/// [OnnxruntimeGenai] are the programs, [PeerLoad] is what all of them answer, [PeerRun] what one run gave, [PeerTools]
/// installs and starts them, [Rounds] takes turns.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.peers;
