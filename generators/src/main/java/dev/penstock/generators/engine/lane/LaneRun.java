package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.engine.LaneFigures;
import dev.penstock.generators.engine.crash.FlightRecorder;
import dev.penstock.generators.engine.plan.TraceWithoutText;
import dev.penstock.generators.engine.schedule.Pace;
import dev.penstock.generators.engine.schedule.SlotLimit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lane's executions and the model that runs them: admission, one step, release, and what becomes of a batch that
/// fails, see [BatchFailures]. The lane thread alone; the figures may be read by any thread.
final class LaneRun<P, D> {

  private static final Logger log = LoggerFactory.getLogger(LaneRun.class);

  private final LaneModel<P, D> model;
  private final FlightRecorder recorder;
  private final EngineParts parts;
  private final SlotLimit limit;
  private final LaneExits<P, D> exits;
  private final Pace pace;
  private final BatchFailures<P, D> failures;
  private final ActiveSet<P, D> active;
  private volatile LaneFigures figures;

  LaneRun(
      LaneModel<P, D> model,
      FlightRecorder recorder,
      EngineParts parts,
      LaneSchedule<P, D> schedule,
      LaneExits<P, D> exits,
      SlotLimit limit,
      Pace pace) {
    this.model = model;
    this.recorder = recorder;
    this.parts = parts;
    this.exits = exits;
    this.pace = pace;
    this.limit = limit;
    this.failures = new BatchFailures<>(model.name(), schedule, exits, limit);
    this.active = new ActiveSet<>(limit);
    this.figures = new LaneFigures(0, 0, 0, 0, 0, limit.limit());
  }

  ActiveSet<P, D> active() {
    return active;
  }

  LaneFigures figures() {
    return figures;
  }

  /// Gives a job its slots, which are free.
  void admit(Job<P, D, ?> job) {
    job.execution = parts.executions().incrementAndGet();
    job.admittedAtStep = figures.steps();
    job.admitted(parts.clock().nanoTime());
    active.add(job);
    try {
      model.stepper().admit(job.execution, job.prepared());
    } catch (RuntimeException | OutOfMemoryError e) {
      release(job);
      exits.broken(job, "admitted", e);
    }
  }

  /// Frees a job's slots before it ended.
  void release(Job<P, D, ?> job) {
    active.remove(job.execution);
    try {
      model.stepper().release(job.execution);
    } catch (RuntimeException e) {
      log.atError().addKeyValue("model", model.name()).addKeyValue("contentId", job.id())
          .setCause(TraceWithoutText.of(e)).log("The model could not release an execution");
    }
  }

  /// Writes down who is active, if that changed.
  void record() {
    if (active.takeChanged()) recorder.running(active.ids());
  }

  /// Runs one step.
  ///
  /// @return how long it took, in nanoseconds
  long step() {
    record();
    int busy = active.busySlots();
    long start = parts.clock().nanoTime();
    recorder.enterStep();
    try {
      List<Ended<D>> ended = model.stepper().step();
      recorder.leaveStep();
      long now = parts.clock().nanoTime();
      pace.step(now - start, now);
      wentWell(busy, now - start);
      for (Ended<D> end : ended) ended(end, now);
      if (active.isStreamed()) tellParts();
      return now - start;
    } catch (Throwable e) {
      recorder.leaveStep();
      long nanos = parts.clock().nanoTime() - start;
      figures = figures.withStep(nanos, busy, limit.limit()).withFailure(BatchFailures.isOfMemory(e));
      failed(busy, e);
      return nanos;
    }
  }

  private void wentWell(int busy, long nanos) {
    boolean grown = limit.wentWell(busy);
    figures = figures.withStep(nanos, busy, limit.limit());
    if (grown) log.atInfo().addKeyValue("model", model.name()).log("The lane may use all its slots again");
    Cohort<P, D> cohort = active.cohort();
    if (cohort == null || active.isEmpty()) return;
    // All of a cohort were admitted at once.
    if (cohort.hasPassedAfter(figures.steps() - active.jobs().getFirst().admittedAtStep)) active.disband();
  }

  private void failed(int busy, Throwable cause) {
    List<Job<P, D, ?>> batch = active.jobs();
    Cohort<P, D> cohort = active.cohort();
    batch.forEach(this::release);
    if (BatchFailures.isOfMemory(cause)) failures.ranOutOfMemory(batch, busy, cohort, figures.steps(), cause);
    else failures.failed(batch, cohort, figures.steps(), cause);
  }

  private void tellParts() {
    for (Job<P, D, ?> job : active.jobs()) if (job.isStreamed()) job.progressed(model.stepper().takeParts(job.execution));
  }

  private void ended(Ended<D> end, long nowNanos) {
    Job<P, D, ?> job = active.remove(end.execution());
    if (job == null) {
      log.atError().addKeyValue("model", model.name()).log("The model ended an execution that it was not running");
      return;
    }
    job.ranAlone = job.cohort != null && job.cohort.members().size() == 1;
    switch (end) {
      case Ended.Finished<D>(_, D draft, int took) -> {
        pace.finished(figures.steps() - job.admittedAtStep, job.slots, nowNanos - job.admittedNanos());
        exits.finished(job, draft, took, nowNanos);
      }
      case Ended.Failed<D>(_, GenerationException cause) -> exits.failed(job, cause);
    }
  }
}
