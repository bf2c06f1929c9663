package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.schedule.Pace;
import dev.penstock.generators.engine.schedule.SlotLimit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Says of a request with a deadline, before it costs a step, that it cannot be met. The lane thread alone.
///
/// The estimate is on the request's side: the requests that go before it at the mean measured lately, spread over all
/// slots; then its own steps, as few as those of the quickest tenth, and no more than it can take at all. Waiting for
/// other lanes is not counted. Until enough was measured, one step of the fastest measured is what it needs.
///
/// In an overload the estimate turns: while as many others with deadlines wait as there are slots, a slot is for who
/// ends in time even if it takes as long as the slowest lately. Whoever is served first has waited longest, so without this
/// slots would go to those that have just enough left to begin, and most of the steps to answers that end late.
final class Forecast<P, D> {

  /// The next one may be slower than the slowest so far.
  private static final double MARGIN = 1.1;

  private final EngineClock clock;
  private final Pace pace;
  private final SlotLimit limit;
  private final LaneSchedule<P, D> schedule;
  private final ActiveSet<P, D> active;

  Forecast(EngineClock clock, Pace pace, SlotLimit limit, LaneSchedule<P, D> schedule, ActiveSet<P, D> active) {
    this.clock = clock;
    this.pace = pace;
    this.limit = limit;
    this.schedule = schedule;
    this.active = active;
  }

  /// For a request that arrives, whose length is not known: the queue and one step.
  ///
  /// @return null if its deadline can be met, or is past already; as the others
  @Nullable Rejected onArrival(Job<P, D, ?> job) {
    return refusal(job, 1, true);
  }

  /// For a request that is prepared: the queue and its own steps.
  @Nullable Rejected onPrepared(Job<P, D, ?> job) {
    return refusal(job, job.mostSteps, true);
  }

  /// For a request whose turn it is: its own steps, in an overload as many as they may become.
  @Nullable Rejected onAdmission(Job<P, D, ?> job) {
    Rejected refusal = refusal(job, job.mostSteps, false);
    return refusal != null ? refusal : doubtful(job);
  }

  private @Nullable Rejected doubtful(Job<P, D, ?> job) {
    if (job.deadlineMillis() == Long.MAX_VALUE || !pace.knowsRequests()) return null;
    long left = left(job);
    double slow = slowNanos(job.mostSteps);
    if (left <= 0 || slow < left || schedule.othersWithDeadline(job) < limit.limit()) return null;
    return refused(left, "many others wait, and such a request may take " + millis(slow));
  }

  /// What a request may take that has its slots: as long as the slowest of the last ones had them, unless it cannot become
  /// as long.
  private double slowNanos(int mostSteps) {
    if (mostSteps < pace.slowSteps()) return mostSteps * pace.meanNanos();
    return MARGIN * Math.max(pace.slowestNanos(), pace.slowSteps() * pace.meanNanos());
  }

  private long left(Job<P, D, ?> job) {
    return TimeUnit.MILLISECONDS.toNanos(job.deadlineMillis() - clock.millis());
  }

  private @Nullable Rejected refusal(Job<P, D, ?> job, int mostSteps, boolean queues) {
    if (job.deadlineMillis() == Long.MAX_VALUE) return null;
    long left = left(job);
    pace.forget(clock.nanoTime());
    if (left <= 0) return null;
    int steps = Math.min(pace.quickSteps(), mostSteps);
    double own = steps == 1 ? pace.fastestNanos() : steps * pace.meanNanos();
    if (own >= left) return refused(left, "for such a request the model needs at least " + millis(own));
    return queues && pace.knowsRequests() ? inQueue(job, left, own) : null;
  }

  private @Nullable Rejected inQueue(Job<P, D, ?> job, long left, double own) {
    double each = Math.max(1, pace.meanNanos() * pace.meanSlotSteps() / limit.limit());
    int free = Math.max(0, limit.limit() - active.busySlots());
    long most = (long) ((left - own) / each) + free;
    int before = schedule.countBefore(job, most);
    double needed = Math.max(0, before + 1 - free) * each + own;
    if (needed < left) return null;
    return refused(left, "at least " + before + " requests go before this one, with which it takes about " + millis(needed));
  }

  private static Rejected refused(long leftNanos, String why) {
    return new Rejected(
        "DEADLINE_UNREACHABLE",
        "The deadline is " + millis(leftNanos) + " ms away; " + why + " ms, as measured lately.");
  }

  private static long millis(double nanos) {
    return Math.round(nanos / 1e6);
  }
}
