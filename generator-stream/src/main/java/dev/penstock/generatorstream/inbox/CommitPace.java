package dev.penstock.generatorstream.inbox;

/// Decides when a harvest asks for a commit: at once when the engine is idle, else at most every 10 ms, because a
/// commit for each small result halves the rate.
final class CommitPace {

  private static final long INTERVAL_NANOS = 10_000_000;

  private boolean due;
  private long last = System.nanoTime() - INTERVAL_NANOS;

  void somethingForwarded() {
    due = true;
  }

  /// Something was forwarded and no commit was asked for since.
  boolean isDue() {
    return due;
  }

  boolean mayCommit(boolean idle) {
    if (!due || (!idle && System.nanoTime() - last < INTERVAL_NANOS)) return false;
    due = false;
    last = System.nanoTime();
    return true;
  }
}
