package dev.penstock.generatorstream.streams;

import java.util.function.LongSupplier;

/// Decides when the operators ask for a commit: at once when nothing more is coming, else after a while, because a
/// commit for each small result halves the rate. A result waits for others at most a tenth of what its making took,
/// so that slow generations, which end one by one, share commits as well. A commit covers all tasks of a stream
/// thread, so its operators share one pace. For that thread only.
public final class CommitPace {

  private static final long INTERVAL_NANOS = 10_000_000;
  private static final long FLOOD_INTERVAL_NANOS = 100_000_000;

  /// More results than this between two commits are a flood: each has waited longer in its queue than it will here.
  private static final int FLOOD = 64;

  private static final int SHARE_OF_MAKING = 10;
  private static final long LONGEST_WAIT_NANOS = 100_000_000;

  private final LongSupplier nanoTime;
  private int forwarded;
  private long last;
  private long due;

  /// @param nanoTime as [System#nanoTime]
  CommitPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    last = nanoTime.getAsLong() - INTERVAL_NANOS;
  }

  /// For operators that are made before it is known which stream thread runs them.
  public static ThreadLocal<CommitPace> perThread() {
    return ThreadLocal.withInitial(() -> new CommitPace(System::nanoTime));
  }

  public void somethingForwarded() {
    resultForwarded(0);
  }

  /// @param tookNanos from the result's submission to its end
  public void resultForwarded(long tookNanos) {
    long waits = nanoTime.getAsLong() + Math.min(LONGEST_WAIT_NANOS, tookNanos / SHARE_OF_MAKING);
    if (forwarded++ == 0 || waits - due < 0) due = waits;
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
    long now = nanoTime.getAsLong();
    long interval = forwarded > FLOOD ? FLOOD_INTERVAL_NANOS : INTERVAL_NANOS;
    if (!idle && (now - last < interval || now - due < 0)) return false;
    forwarded = 0;
    last = now;
    return true;
  }
}
