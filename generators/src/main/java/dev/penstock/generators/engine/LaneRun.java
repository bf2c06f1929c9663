package dev.penstock.generators.engine;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.engine.Stepper.Ended;
import dev.penstock.generators.engine.crash.FlightRecorder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lane's executions and the model that runs them: admission, one step, release, and what becomes of a batch that
/// fails. The lane thread alone; the figures may be read by any thread.
final class LaneRun<P, D> {

  private static final Logger log = LoggerFactory.getLogger(LaneRun.class);

  private final String modelDigest;
  private final Stepper<P, D> stepper;
  private final FlightRecorder recorder;
  private final EngineParts parts;
  private final LaneSchedule<P, D> schedule;
  private final LaneExits<P, D> exits;
  private final StepTimes stepTimes;
  private final ActiveSet<P, D> active;
  private volatile long steps;
  private volatile long stepNanos;
  private volatile long rows;

  LaneRun(
      String modelDigest,
      Stepper<P, D> stepper,
      FlightRecorder recorder,
      EngineParts parts,
      LaneSchedule<P, D> schedule,
      LaneExits<P, D> exits,
      StepTimes stepTimes) {
    this.modelDigest = modelDigest;
    this.stepper = stepper;
    this.recorder = recorder;
    this.parts = parts;
    this.schedule = schedule;
    this.exits = exits;
    this.stepTimes = stepTimes;
    this.active = new ActiveSet<>(stepper.slots());
  }

  ActiveSet<P, D> active() {
    return active;
  }

  long steps() {
    return steps;
  }

  long stepNanos() {
    return stepNanos;
  }

  long rows() {
    return rows;
  }

  /// Gives a job its slots, which are free.
  void admit(Job<P, D, ?> job) {
    job.execution = parts.executions().incrementAndGet();
    job.admitted(parts.clock().nanoTime());
    active.add(job);
    try {
      stepper.admit(job.execution, job.prepared());
    } catch (RuntimeException e) {
      release(job);
      exits.broken(job, "admitted", e);
    }
  }

  /// Frees a job's slots before it ended.
  void release(Job<P, D, ?> job) {
    active.remove(job.execution);
    try {
      stepper.release(job.execution);
    } catch (RuntimeException e) {
      log.atError().addKeyValue("model", modelDigest).addKeyValue("contentId", job.id())
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
      List<Ended<D>> ended = stepper.step();
      recorder.leaveStep();
      long now = parts.clock().nanoTime();
      count(busy, now - start);
      for (Ended<D> end : ended) ended(end, now);
      if (active.isStreamed()) tellParts();
      return now - start;
    } catch (Throwable e) {
      recorder.leaveStep();
      long nanos = parts.clock().nanoTime() - start;
      count(busy, nanos);
      batchFailed(e);
      return nanos;
    }
  }

  private void count(int busy, long nanos) {
    stepTimes.add(nanos);
    stepNanos = stepNanos + nanos;
    rows = rows + busy;
    steps = steps + 1;
  }

  private void tellParts() {
    for (Job<P, D, ?> job : active.jobs()) if (job.isStreamed()) job.progressed(stepper.takeParts(job.execution));
  }

  private void ended(Ended<D> end, long nowNanos) {
    Job<P, D, ?> job = active.remove(end.execution());
    if (job == null) {
      log.atError().addKeyValue("model", modelDigest).log("The model ended an execution that it was not running");
      return;
    }
    job.ranAlone = job.alone;
    switch (end) {
      case Ended.Finished<D>(_, D draft, int took) -> exits.finished(job, draft, took, nowNanos);
      case Ended.Failed<D>(_, GenerationException cause) -> exits.failed(job, cause);
    }
  }

  private void batchFailed(Throwable cause) {
    List<Job<P, D, ?>> batch = active.jobs();
    log.atError().addKeyValue("model", modelDigest).addKeyValue("executions", batch.size())
        .setCause(TraceWithoutText.of(cause)).log("A step failed; its executions run again, each alone");
    batch.forEach(this::release);
    BatchFailure<P, D> failure = BatchFailure.of(batch);
    for (Job<P, D, ?> job : failure.poison()) {
      job.ranAlone = true;
      exits.failed(job, new Broken("POISON", "The request made the model fail although it ran alone.", cause));
    }
    for (Job<P, D, ?> job : failure.again()) {
      job.alone = true;
      schedule.again(job);
    }
  }
}
