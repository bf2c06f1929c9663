package dev.penstock.generators.engine.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What other threads tell a lane. Any thread writes; the lane thread reads, and sleeps here when there is nothing to
/// do. No lock, and no call into the kernel while the lane is awake.
final class LaneMail<P, D> {

  private final Queue<Job<P, D, ?>> arrivals = new ConcurrentLinkedQueue<>();
  private final Queue<Job<P, D, ?>> prepared = new ConcurrentLinkedQueue<>();
  private final Queue<Job<P, D, ?>> cancelled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger completing = new AtomicInteger();
  /// A reason to look around was given since the lane last began to look.
  private volatile boolean unread;

  private volatile @Nullable Thread sleeper;
  private int heldUpBy;
  private volatile boolean heldUp;
  private volatile boolean tellsWhenCompleted;

  /// Counts a request before it is posted.
  void expect() {
    pending.incrementAndGet();
  }

  /// Takes a request's count back: it is completed, or it was never posted.
  void settle() {
    if (pending.decrementAndGet() == 0) nudge();
  }

  void postArrival(Job<P, D, ?> job) {
    arrivals.add(job);
    nudge();
  }

  void postPrepared(Job<P, D, ?> job) {
    prepared.add(job);
    nudge();
  }

  void postCancelled(Job<P, D, ?> job) {
    cancelled.add(job);
    nudge();
  }

  /// A plan thread has completed a request that the lane handed over.
  void completed() {
    int left = completing.decrementAndGet();
    if (left == 0 && tellsWhenCompleted) nudge();
    if (!heldUp || left > heldUpBy / 2) return;
    heldUp = false;
    nudge();
  }

  /// Makes the lane look around.
  void nudge() {
    unread = true;
    Thread thread = sleeper;
    if (thread == null) return;
    sleeper = null;
    LockSupport.unpark(thread);
  }

  int pending() {
    return pending.get();
  }

  int completing() {
    return completing.get();
  }

  /// The lane hands a request over for completion.
  void completes() {
    completing.incrementAndGet();
  }

  /// Whether so many requests are being completed that the lane admits no more. If so, it is woken once half of them
  /// are.
  boolean heldUpBy(int most) {
    if (completing.get() < most) return false;
    heldUpBy = most;
    heldUp = true;
    return completing.get() >= most;
  }

  /// Whether the lane is to look around once nothing is being completed.
  void tellWhenCompleted(boolean tells) {
    tellsWhenCompleted = tells;
  }

  /// The lane begins to look around: what is posted from here on wakes it again.
  void read() {
    unread = false;
  }

  @Nullable Job<P, D, ?> arrival() {
    return arrivals.poll();
  }

  @Nullable Job<P, D, ?> prepared() {
    return prepared.poll();
  }

  @Nullable Job<P, D, ?> cancelled() {
    return cancelled.poll();
  }

  /// Sleeps until something is posted, for this long at most. May return early.
  void await(long nanos) {
    sleeper = Thread.currentThread();
    if (!unread) {
      if (nanos == Long.MAX_VALUE) LockSupport.park(this);
      else LockSupport.parkNanos(this, nanos);
    }
    sleeper = null;
  }
}
