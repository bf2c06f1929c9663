package dev.penstock.generators.engine.lane;

import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.crash.RecordedId;
import dev.penstock.generators.engine.schedule.SlotLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The executions that hold slots of one lane. Its thread alone.
final class ActiveSet<P, D> {

  private final SlotLimit limit;
  private final Map<Long, Job<P, D, ?>> byExecution = new LinkedHashMap<>();
  private int busySlots;
  private int streamed;
  private @Nullable Cohort<P, D> cohort;
  private boolean changed;
  private boolean measured = true;

  private Priority priority = Priority.BULK;
  private long deadlineMillis = Long.MAX_VALUE;
  private long earliestDeadlineMillis = Long.MAX_VALUE;

  ActiveSet(SlotLimit limit) {
    this.limit = limit;
  }

  boolean isEmpty() {
    return byExecution.isEmpty();
  }

  /// Whether somebody wants partial results of any of them.
  boolean isStreamed() {
    return streamed > 0;
  }

  int busySlots() {
    return busySlots;
  }

  /// Who runs with nobody else, or null.
  @Nullable Cohort<P, D> cohort() {
    return cohort;
  }

  /// Others may come beside those that are active.
  void disband() {
    cohort = null;
    for (Job<P, D, ?> job : byExecution.values()) job.cohort = null;
  }

  /// Oldest admissions first.
  List<Job<P, D, ?>> jobs() {
    return List.copyOf(byExecution.values());
  }

  /// Whether there is room now. A cohort needs all of it, and so does a job with more slots than are allowed now.
  boolean fits(Job<P, D, ?> job) {
    if (byExecution.isEmpty()) return true;
    return job.cohort == null && cohort == null && busySlots + job.slots <= limit.limit();
  }

  void add(Job<P, D, ?> job) {
    byExecution.put(job.execution, job);
    busySlots += job.slots;
    if (job.isStreamed()) streamed++;
    cohort = job.cohort;
    changed = true;
    measured = false;
  }

  /// @return null if no such execution is active
  @Nullable Job<P, D, ?> remove(long execution) {
    Job<P, D, ?> job = byExecution.remove(execution);
    if (job == null) return null;
    busySlots -= job.slots;
    if (job.isStreamed()) streamed--;
    if (byExecution.isEmpty()) cohort = null;
    changed = true;
    measured = false;
    return job;
  }

  /// The highest priority active.
  Priority priority() {
    measure();
    return priority;
  }

  /// The earliest deadline of that priority.
  long deadlineMillis() {
    measure();
    return deadlineMillis;
  }

  /// The earliest deadline of all.
  long earliestDeadlineMillis() {
    measure();
    return earliestDeadlineMillis;
  }

  List<Job<P, D, ?>> expired(long nowMillis) {
    if (earliestDeadlineMillis() > nowMillis) return List.of();
    return byExecution.values().stream().filter(job -> job.deadlineMillis() <= nowMillis).toList();
  }

  /// Whether the set changed since this was asked last.
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  List<RecordedId> ids() {
    List<RecordedId> ids = new ArrayList<>(byExecution.size());
    for (Job<P, D, ?> job : byExecution.values()) ids.add(job.recordedId());
    return ids;
  }

  private void measure() {
    if (measured) return;
    measured = true;
    priority = Priority.BULK;
    deadlineMillis = Long.MAX_VALUE;
    earliestDeadlineMillis = Long.MAX_VALUE;
    for (Job<P, D, ?> job : byExecution.values()) {
      earliestDeadlineMillis = Math.min(earliestDeadlineMillis, job.deadlineMillis());
      int urgency = job.priority().compareTo(priority);
      if (urgency > 0) continue;
      priority = job.priority();
      deadlineMillis = urgency < 0 ? job.deadlineMillis() : Math.min(deadlineMillis, job.deadlineMillis());
    }
  }
}
