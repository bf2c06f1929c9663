package dev.penstock.bench.peers;

import dev.penstock.bench.peers.PeerTools.PeerMissing;
import java.io.IOException;

/// A program that answers a load.
@FunctionalInterface
interface Peer {

  /// @throws PeerMissing if it cannot be installed or does not run
  PeerRun run(PeerLoad load) throws IOException, InterruptedException, PeerMissing;
}
