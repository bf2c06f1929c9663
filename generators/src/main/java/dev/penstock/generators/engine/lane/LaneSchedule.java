package dev.penstock.generators.engine.lane;

import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.lane.Job.Place;
import dev.penstock.generators.engine.schedule.LaneQueue;
import dev.penstock.generators.engine.schedule.TenantShares;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who of a lane's requests is prepared next and who is admitted next. Its thread alone.
///
/// Requests are prepared ahead of their slots, so that the lane does not wait for preparation: the next one in order
/// while fewer than twice the slots are ahead of it, prepared or being prepared. Ahead of it are the more urgent, and
/// of equals those of its own tenant; so an urgent request, or one of a tenant that had little lately, is
/// prepared at once however many others are. Of one priority at most four times the slots are prepared, which bounds
/// the memory.
final class LaneSchedule<P, D> {

  private final int slots;
  /// Of each priority those with deadlines, and those without: whoever waits for hours behind the others would seem to be the
  /// one that had least.
  private final List<TenantShares> shares = Stream.generate(TenantShares::new).limit(2L * Priority.values().length).toList();
  private final LaneQueue<Job<P, D, ?>> waiting = new LaneQueue<>(job -> shares(job).claimed(job.tenant()));
  private final LaneQueue<Job<P, D, ?>> ready = new LaneQueue<>(job -> shares(job).had(job.tenant()));
  /// Being prepared, or prepared and not admitted.
  private final Set<Job<P, D, ?>> ahead = new LinkedHashSet<>();
  private final int[] aheadByPriority = new int[Priority.values().length];

  LaneSchedule(int slots) {
    this.slots = slots;
  }

  /// Requests without a slot.
  int queued() {
    return waiting.size() + ahead.size();
  }

  void add(Job<P, D, ?> job) {
    job.place = Place.WAITING;
    shares(job).comes(job.tenant());
    waiting.add(job);
  }

  /// How many of those without a slot go before a request, not counting its equals; see [LaneQueue#countBefore].
  int countBefore(Job<P, D, ?> next, long most) {
    int count = waiting.countBefore(next.priority(), next.deadlineMillis(), most);
    for (Job<P, D, ?> job : ahead) if (isMoreUrgent(job, next)) count++;
    return count;
  }

  /// How many others without a slot have a deadline and are no less urgent.
  int othersWithDeadline(Job<P, D, ?> next) {
    int count = waiting.countWithDeadline(next.priority());
    for (Job<P, D, ?> job : ahead)
      if (job != next && job.deadlineMillis() < Long.MAX_VALUE && job.priority().compareTo(next.priority()) <= 0) count++;
    return count;
  }

  /// Whether none is being prepared or prepared.
  boolean hasNoneAhead() {
    return ahead.isEmpty();
  }

  /// The highest priority of those without a slot, or null if there are none.
  @Nullable Priority priority() {
    Job<P, D, ?> next = waiting.peek();
    Priority best = next == null ? null : next.priority();
    for (Priority priority : Priority.values()) {
      if (priority == best) break;
      if (aheadByPriority[priority.ordinal()] > 0) return priority;
    }
    return best;
  }

  /// Takes the next request to prepare; null if enough are.
  @Nullable Job<P, D, ?> nextToPrepare() {
    Job<P, D, ?> next = waiting.peek();
    if (next == null || !mayPrepare(next)) return null;
    waiting.poll();
    next.place = Place.PREPARING;
    goesAhead(next);
    return next;
  }

  private void goesAhead(Job<P, D, ?> job) {
    shares(job).prepares(job.tenant());
    ahead.add(job);
    aheadByPriority[job.priority().ordinal()]++;
  }

  /// A request whose preparation succeeded.
  void prepared(Job<P, D, ?> job) {
    job.place = Place.READY;
    ready.add(job);
  }

  /// A request that ran and shall run again.
  void again(Job<P, D, ?> job) {
    shares(job).comes(job.tenant());
    goesAhead(job);
    prepared(job);
  }

  /// The next request to admit, which stays.
  @Nullable Job<P, D, ?> nextReady() {
    return ready.peek();
  }

  /// Takes one that is ready.
  void admitted(Job<P, D, ?> job) {
    shares(job).grants(job.tenant(), job.slots);
    shares(job).goes(job.tenant());
    ready.remove(job);
    leavesThoseAhead(job);
    job.place = Place.ACTIVE;
  }

  /// One that was admitted takes another step.
  void stays(Job<P, D, ?> job) {
    shares(job).keeps(job.tenant(), job.slots);
  }

  /// Takes a request out, wherever it is.
  void remove(Job<P, D, ?> job) {
    waiting.remove(job);
    ready.remove(job);
    leavesThoseAhead(job);
    switch (job.place) {
      case WAITING -> shares(job).goes(job.tenant());
      case PREPARING, READY -> {
        shares(job).wastes(job.tenant());
        shares(job).goes(job.tenant());
      }
      case POSTED, ACTIVE, GONE -> {}
    }
    job.place = Place.GONE;
  }

  /// A request that waits or is ready and whose deadline is past.
  @Nullable Job<P, D, ?> expired(long nowMillis) {
    Job<P, D, ?> job = waiting.expired(nowMillis);
    return job != null ? job : ready.expired(nowMillis);
  }

  long earliestDeadlineMillis() {
    return Math.min(waiting.earliestDeadlineMillis(), ready.earliestDeadlineMillis());
  }

  /// Takes out all that wait or are ready; not those being prepared.
  List<Job<P, D, ?>> takeAll() {
    List<Job<P, D, ?>> taken = new ArrayList<>();
    for (LaneQueue<Job<P, D, ?>> queue : List.of(waiting, ready)) {
      for (Job<P, D, ?> job = queue.poll(); job != null; job = queue.poll()) taken.add(job);
    }
    taken.forEach(this::remove);
    return taken;
  }

  private TenantShares shares(Job<P, D, ?> job) {
    return shares.get(2 * job.priority().ordinal() + (job.deadlineMillis() < Long.MAX_VALUE ? 0 : 1));
  }

  private void leavesThoseAhead(Job<P, D, ?> job) {
    if (ahead.remove(job)) aheadByPriority[job.priority().ordinal()]--;
  }

  private boolean mayPrepare(Job<P, D, ?> next) {
    if (ahead.size() < 2 * slots) return true;
    if (aheadByPriority[next.priority().ordinal()] >= 4 * slots) return false;
    int before = 0;
    for (Job<P, D, ?> job : ahead) if (isAhead(job, next)) before++;
    return before < 2 * slots;
  }

  private static boolean isAhead(Job<?, ?, ?> job, Job<?, ?, ?> next) {
    boolean areEqual = job.priority() == next.priority() && job.deadlineMillis() == next.deadlineMillis();
    return areEqual ? job.tenant().equals(next.tenant()) : isMoreUrgent(job, next);
  }

  private static boolean isMoreUrgent(Job<?, ?, ?> job, Job<?, ?, ?> next) {
    if (job.priority() != next.priority()) return job.priority().compareTo(next.priority()) < 0;
    return job.deadlineMillis() < next.deadlineMillis();
  }
}
