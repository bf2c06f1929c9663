package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.engine.plan.TraceWithoutText;
import dev.penstock.generators.engine.schedule.SlotLimit;
import dev.penstock.generators.onnx.InferenceException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of executions whose step threw. They hold no slots any more. The lane thread alone.
///
/// A batch that failed is cut in two, see [Cohort]; one that fails alone is `POISON`. A batch that ran out of memory
/// is blamed on nobody: its requests run again as before, with half the slots, see [SlotLimit]; one that finds too
/// little memory although it runs alone, a second time, is `OUT_OF_MEMORY`.
final class BatchFailures<P, D> {

  private static final Logger log = LoggerFactory.getLogger(BatchFailures.class);

  private final String model;
  private final LaneSchedule<P, D> schedule;
  private final LaneExits<P, D> exits;
  private final SlotLimit limit;

  BatchFailures(String model, LaneSchedule<P, D> schedule, LaneExits<P, D> exits, SlotLimit limit) {
    this.model = model;
    this.schedule = schedule;
    this.exits = exits;
    this.limit = limit;
  }

  static boolean isOfMemory(Throwable cause) {
    return cause instanceof OutOfMemoryError
        || cause instanceof InferenceException inference && inference.kind() == InferenceException.Kind.MEMORY;
  }

  /// @param cohort whom the batch ran for, or null if it was any batch
  /// @param laneSteps the lane's count of steps, the failed one included
  void failed(List<Job<P, D, ?>> batch, @Nullable Cohort<P, D> cohort, long laneSteps, Throwable cause) {
    if (batch.size() == 1 && cohort != null) {
      poison(batch.getFirst(), cause);
      return;
    }
    log.atError().addKeyValue("model", model).addKeyValue("executions", batch.size())
        .setCause(TraceWithoutText.of(cause)).log("A step failed; its executions run again, in halves");
    again(Cohort.halves(batch, laneSteps - batch.getFirst().admittedAtStep));
  }

  /// @param busySlots what the batch held
  void ranOutOfMemory(
      List<Job<P, D, ?>> batch, int busySlots, @Nullable Cohort<P, D> cohort, long laneSteps, Throwable cause) {
    Job<P, D, ?> only = batch.size() == 1 ? batch.getFirst() : null;
    if (only != null && only.ranOutOfMemory) {
      limit.lift();
      only.ranAlone = true;
      exits.failed(only, new Broken("OUT_OF_MEMORY", "There is too little memory for the request, even alone.", cause));
      return;
    }
    limit.ranOut(busySlots);
    log.atWarn().addKeyValue("model", model).addKeyValue("busySlots", busySlots)
        .addKeyValue("slotLimit", limit.limit()).setCause(TraceWithoutText.of(cause))
        .log("A step ran out of memory; the lane goes on with fewer slots");
    batch.forEach(job -> job.ranOutOfMemory = true);
    if (cohort == null || batch.size() == 1) batch.forEach(schedule::again);
    else again(Cohort.halves(batch, laneSteps - batch.getFirst().admittedAtStep));
  }

  private void poison(Job<P, D, ?> job, Throwable cause) {
    log.atError().addKeyValue("model", model).addKeyValue("contentId", job.id())
        .setCause(TraceWithoutText.of(cause)).log("A request made the model fail although it ran alone");
    job.ranAlone = true;
    exits.failed(job, new Broken("POISON", "The request made the model fail although it ran alone.", cause));
  }

  private void again(List<Cohort<P, D>> cohorts) {
    for (Cohort<P, D> cohort : cohorts) cohort.members().forEach(schedule::again);
  }
}
