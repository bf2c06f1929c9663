package dev.penstock.generatorstream.streams;

/// Decides when the operators ask for a commit: at once when nothing more is coming, else after a while, because a
/// commit for each small result halves the rate. A commit covers all tasks of a stream thread, so its operators
/// share one pace. For that thread only.
public final class CommitPace {

  private static final long INTERVAL_NANOS = 10_000_000;
  private static final long FLOOD_INTERVAL_NANOS = 50_000_000;

  /// More results than this between two commits are a flood: each has waited longer in its queue than it will here.
  private static final int FLOOD = 64;

  private int forwarded;
  private long last = System.nanoTime() - INTERVAL_NANOS;

  /// For operators that are made before it is known which stream thread runs them.
  public static ThreadLocal<CommitPace> perThread() {
    return ThreadLocal.withInitial(CommitPace::new);
  }

  public void somethingForwarded() {
    forwarded++;
  }

  /// Something was forwarded and no commit was asked for since.
  public boolean isDue() {
    return forwarded > 0;
  }

  /// Whether to ask for a commit now; who is told so does it.
  ///
  /// @param idle nothing else is on its way
  public boolean mayCommit(boolean idle) {
    if (forwarded == 0) return false;
    long interval = forwarded > FLOOD ? FLOOD_INTERVAL_NANOS : INTERVAL_NANOS;
    if (!idle && System.nanoTime() - last < interval) return false;
    forwarded = 0;
    last = System.nanoTime();
    return true;
  }
}
