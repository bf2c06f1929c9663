package dev.penstock.bench.peers;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.bench.peers.PeerTools.PeerMissing;
import java.io.IOException;

/// Ours and theirs in turns.
record Rounds(int count, RunLog log, Figures figures) {

  /// Puts our processor time a token over theirs, the median of the rounds.
  ///
  /// @param leastAgreement the share of answers that must begin with the same token, 0 to 1
  /// @throws IllegalStateException if fewer do
  void compare(String figure, PeerLoad load, OurRun ours, Peer peer, double leastAgreement)
      throws IOException, InterruptedException, PeerMissing {
    double[] ratios = new double[count];
    for (int round = 0; round < count; round++) {
      PeerRun own = ours.run(load);
      PeerRun other = peer.run(load);
      double agreement = own.agreement(other);
      ratios[round] = own.cpuMillisPerToken() / other.cpuMillisPerToken();
      log.line(
          "%-24s round %d: ours %6.2f, theirs %6.2f CPU ms/token, ratio %.3f, first tokens equal %.0f%%", figure,
          round + 1, own.cpuMillisPerToken(), other.cpuMillisPerToken(), ratios[round], 100 * agreement);
      if (agreement < leastAgreement)
        throw new IllegalStateException(
            "%s: only %.0f%% of the answers begin as ours".formatted(figure, 100 * agreement));
    }
    figures.put(figure, Figures.median(ratios));
  }
}
