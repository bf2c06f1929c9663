package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.GenerationException.Cancelled;
import dev.penstock.generators.GenerationException.Expired;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.PlanStage;
import dev.penstock.generators.engine.StreamedCompletion;
import dev.penstock.generators.engine.crash.RecordedId;
import dev.penstock.generators.engine.plan.PlanTask;
import dev.penstock.generators.engine.plan.Progress;
import dev.penstock.generators.engine.plan.TraceWithoutText;
import dev.penstock.generators.engine.schedule.LaneQueue;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A submitted request on its way: lane thread, plan thread (prepare), lane thread, plan thread (complete, last,
/// completion). One thread owns it at a time and passes it on through a concurrent queue, so its fields need no
/// lock; only [#cancel] comes from anywhere.
///
/// @param <T> what the last stage makes
final class Job<P, D, T> implements PlanTask, Engine.Ticket, LaneQueue.Queued {

  private static final Logger log = LoggerFactory.getLogger(Job.class);

  /// Where the job is, as its lane sees it.
  enum Place {
    POSTED,
    WAITING,
    PREPARING,
    READY,
    ACTIVE,
    GONE
  }

  private enum Stage {
    PREPARE,
    COMPLETE,
    FAIL
  }

  private final Lane<P, D> lane;
  private final GenerationRequest request;
  private final PlanStage<GenerationResult, T> last;
  private final Completion<T> completion;
  private final @Nullable Progress progress;
  private final RecordedId recordedId;
  private final long arrival;
  private final long deadlineMillis;
  private final long submittedNanos;
  private volatile boolean cancelled;

  private Stage stage = Stage.PREPARE;
  private @Nullable P prepared;
  private @Nullable D draft;
  private @Nullable GenerationException failure;
  private int steps;
  private long prepareNanos;
  private long admittedNanos;
  private UUID executionId = GenerationResult.NO_EXECUTION;
  private long laneNanos;

  /// For the lane thread alone.
  Place place = Place.POSTED;

  /// For the lane thread alone: whom it must run with and nobody else, or null.
  @Nullable Cohort<P, D> cohort;

  /// For the lane thread alone: how many of its batches failed.
  int failures;

  /// For the lane thread alone: memory ran out in its batch.
  boolean ranOutOfMemory;

  /// Came to an end in the lane with nothing beside it.
  boolean ranAlone;

  /// For the lane thread alone: slots it takes, known once prepared.
  int slots;

  /// For the lane thread alone: steps it can take at most, known once prepared.
  int mostSteps;

  /// For the lane thread alone: the number of its present admission.
  long execution;

  /// For the lane thread alone: the lane's count of steps when it was admitted.
  long admittedAtStep;

  Job(
      Lane<P, D> lane,
      GenerationRequest request,
      PlanStage<GenerationResult, T> last,
      Completion<T> completion,
      long arrival) {
    this.lane = lane;
    this.request = request;
    this.last = Objects.requireNonNull(last);
    this.completion = Objects.requireNonNull(completion);
    this.progress = progressTo(request, completion);
    this.arrival = arrival;
    this.recordedId = RecordedId.of(request.id());
    this.deadlineMillis = millis(request.deadline());
    this.submittedNanos = lane.clock().nanoTime();
  }

  private static @Nullable Progress progressTo(GenerationRequest request, Completion<?> completion) {
    return completion instanceof StreamedCompletion<?> listener
        ? new Progress(request.id(), request.priority(), listener)
        : null;
  }

  private static long millis(@Nullable Instant deadline) {
    if (deadline == null || deadline.getEpochSecond() > Long.MAX_VALUE / 2000) return Long.MAX_VALUE;
    return deadline.getEpochSecond() < 0 ? 0 : deadline.toEpochMilli();
  }

  @Override
  public Priority priority() {
    return request.priority();
  }

  @Override
  public long deadlineMillis() {
    return deadlineMillis;
  }

  @Override
  public String tenant() {
    return request.tenant();
  }

  @Override
  public long arrival() {
    return arrival;
  }

  String id() {
    return request.id();
  }

  RecordedId recordedId() {
    return recordedId;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /// Whether it failed in its preparation and is completed already.
  boolean failed() {
    return failure != null;
  }

  P prepared() {
    return Objects.requireNonNull(prepared);
  }

  @Override
  public void cancel() {
    cancelled = true;
    lane.cancel(this);
  }

  @Override
  public boolean ends() {
    return stage != Stage.PREPARE;
  }

  /// Whether somebody wants its partial results.
  boolean isStreamed() {
    return progress != null;
  }

  /// The lane thread hands over what the present execution made on the way.
  void progressed(List<PartialResult> parts) {
    if (progress != null && progress.add(executionId, parts)) lane.tell(progress);
  }

  long admittedNanos() {
    return admittedNanos;
  }

  /// A new execution begins.
  void admitted(long nowNanos) {
    admittedNanos = nowNanos;
    executionId = UUID.randomUUID();
  }

  /// The next [#run] completes it.
  void finished(D draft, int steps, long nowNanos) {
    this.draft = Objects.requireNonNull(draft);
    this.steps = steps;
    laneNanos = nowNanos - admittedNanos;
    stage = Stage.COMPLETE;
  }

  /// The next [#run] fails it.
  void failed(GenerationException cause) {
    failure = cause;
    stage = Stage.FAIL;
  }

  void expired() {
    failed(new Expired("The deadline passed before the result was there."));
  }

  void cancelledNow() {
    failed(new Cancelled("The request was taken back."));
  }

  void broken(String doing, Throwable cause) {
    failed(internal(doing, cause));
  }

  @Override
  public void run() {
    if (ranAlone) clear();
    if (progress != null && ends()) progress.tellAll();
    switch (stage) {
      case PREPARE -> prepare();
      case COMPLETE -> complete();
      case FAIL -> end();
    }
  }

  private void clear() {
    try {
      lane.clear(this);
    } catch (UncheckedIOException e) {
      log.atError().addKeyValue("contentId", id()).setCause(e).log("The list of suspects cannot be written");
    }
  }

  private void prepare() {
    long start = lane.clock().nanoTime();
    try {
      if (!tooLate()) prepared = Objects.requireNonNull(lane.generator().prepare(request), "prepared");
    } catch (GenerationException e) {
      failed(e);
    } catch (Throwable e) {
      broken("prepared", e);
    }
    prepareNanos = lane.clock().nanoTime() - start;
    if (failed()) end();
    lane.prepared(this);
  }

  private void complete() {
    T value = null;
    try {
      if (!tooLate()) value = last.apply(result());
    } catch (GenerationException e) {
      failed(e);
    } catch (Throwable e) {
      broken("completed", e);
    }
    prepared = null;
    draft = null;
    if (failed()) {
      end();
      return;
    }
    try {
      completion.completed(value);
    } catch (Throwable e) {
      completionThrew(e);
    } finally {
      lane.completed(this);
    }
  }

  private GenerationResult result() throws GenerationException {
    long start = lane.clock().nanoTime();
    GenerationResult result =
        lane.generator().complete(request, prepared(), Objects.requireNonNull(draft)).withSteps(steps).withExecution(executionId);
    long now = lane.clock().nanoTime();
    long wait = Math.max(0, admittedNanos - submittedNanos - prepareNanos);
    if (isCancelled()) throw new Cancelled("The request was taken back.");
    return result.withTimings(new Timings(wait, laneNanos, prepareNanos + now - start));
  }

  /// Says so by failing the job.
  private boolean tooLate() {
    if (cancelled) cancelledNow();
    else if (deadlineMillis <= lane.clock().millis()) expired();
    return failed();
  }

  private void end() {
    try {
      completion.failed(Objects.requireNonNull(failure));
    } catch (Throwable e) {
      completionThrew(e);
    } finally {
      lane.completed(this);
    }
  }

  private Broken internal(String doing, Throwable cause) {
    log.atError().addKeyValue("contentId", id()).setCause(TraceWithoutText.of(cause))
        .log("A stage of the plan threw unexpectedly");
    String sentence = "An unexpected " + cause.getClass().getSimpleName() + " was thrown while the request was " + doing;
    return new Broken("INTERNAL", sentence + ".", cause);
  }

  private void completionThrew(Throwable cause) {
    log.atError().addKeyValue("contentId", id()).setCause(TraceWithoutText.of(cause)).log("A completion threw");
  }
}
