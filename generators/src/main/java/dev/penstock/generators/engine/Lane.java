package dev.penstock.generators.engine;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.Generator;
import dev.penstock.generators.engine.Job.Place;
import dev.penstock.generators.engine.Stepper.Ended;
import dev.penstock.generators.engine.crash.FlightRecorder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loaded model version at work: who waits, who is prepared, who holds slots. Turn by turn it takes what arrived,
/// drops what is too late, admits what fits, has the next ones prepared, and steps when the [DeviceArbiter] lets it.
///
/// [#turn] belongs to one thread, the [LaneThread]; the stepper and the flight recorder are touched by it alone. What
/// other threads say comes through the [LaneMail].
///
/// Requests are admitted strictly in order: one that needs many slots is not passed by small ones behind it, so it
/// gets its slots as soon as enough are free. One that must run alone waits for an empty lane.
final class Lane<P, D> {

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /// So that a flood of submissions does not keep the lane from stepping.
  private static final int ARRIVALS_A_TURN = 1_024;

  private final String modelDigest;
  private final Generator<P, D> generator;
  private final Stepper<P, D> stepper;
  private final EngineParts parts;
  private final FlightRecorder recorder;
  private final LaneMail<P, D> mail;
  private final LaneSchedule<P, D> schedule;
  private final ActiveSet<P, D> active;
  private final DeviceArbiter.Contender contender;
  private final int slots;
  private final int mostCompleting;
  /// Step time the arbiter has not been told of.
  private long chargedNanos;

  private boolean contends;
  private volatile int busySlots;
  private volatile int queued;
  private volatile long steps;
  private volatile long stepNanos;
  private volatile long rows;

  Lane(String modelDigest, Generator<P, D> generator, FlightRecorder recorder, EngineParts parts) {
    this.modelDigest = modelDigest;
    this.generator = generator;
    this.stepper = generator.stepper();
    this.recorder = recorder;
    this.parts = parts;
    this.mail = new LaneMail<>();
    this.slots = stepper.slots();
    this.schedule = new LaneSchedule<>(slots);
    this.active = new ActiveSet<>(slots);
    this.contender = new DeviceArbiter.Contender(mail::nudge);
    this.mostCompleting = Math.max(64, 4 * slots);
  }

  EngineClock clock() {
    return parts.clock();
  }

  Generator<P, D> generator() {
    return generator;
  }

  LaneMail<P, D> mail() {
    return mail;
  }

  /// A plan thread has prepared a request, or failed it.
  void prepared(Job<P, D, ?> job) {
    mail.postPrepared(job);
  }

  /// Somebody takes a request back.
  void cancel(Job<P, D, ?> job) {
    mail.postCancelled(job);
  }

  /// A plan thread has completed a request.
  void completed(Job<P, D, ?> job) {
    if (job.place == Place.GONE) mail.completed();
    mail.settle();
  }

  /// A request ran to an end of its own with nothing beside it, so it is no suspect.
  void clear(Job<P, D, ?> job) {
    parts.suspects().clear(job.recordedId());
  }

  LaneSnapshot snapshot() {
    return new LaneSnapshot(
        modelDigest, slots, busySlots, queued, mail.completing(), steps, stepNanos, rows);
  }

  /// Does everything that can be done now, one step at most.
  ///
  /// @return whether there may be more to do at once; if not, the next reason is mail or a deadline
  boolean turn() {
    mail.read();
    takeArrivals();
    takePrepared();
    takeCancelled();
    expire(parts.clock().millis());
    admit();
    prepareAhead();
    busySlots = active.busySlots();
    queued = schedule.queued();
    if (!granted()) return false;
    step();
    return true;
  }

  /// Epoch milliseconds of the next deadline, `Long.MAX_VALUE` if there is none.
  long earliestDeadlineMillis() {
    return Math.min(schedule.earliestDeadlineMillis(), active.earliestDeadlineMillis());
  }

  /// Gives up all executions without completing anybody. The lane's last act.
  void abandon() {
    for (Job<P, D, ?> job : active.jobs()) release(job);
    record();
    withdraw();
  }

  /// Fails whatever is in the lane, so that an error of its own does not stop it for ever.
  void failAll(Throwable cause) {
    for (Job<P, D, ?> job : active.jobs()) {
      release(job);
      broken(job, "run", cause);
    }
    for (Job<P, D, ?> job : schedule.held()) broken(job, "queued", cause);
  }

  private void takeArrivals() {
    for (int i = 0; i < ARRIVALS_A_TURN; i++) {
      Job<P, D, ?> job = mail.arrival();
      if (job == null) return;
      if (parts.suspects().crashedAloneTwice(job.recordedId())) {
        fail(job, new Broken("CRASHED_THE_PROCESS", "The request crashed the process twice while it ran alone.", null));
        continue;
      }
      if (job.isCancelled()) {
        cancelled(job);
        continue;
      }
      job.alone = parts.suspects().contains(job.recordedId());
      schedule.add(job);
    }
    mail.nudge();
  }

  private void takePrepared() {
    for (Job<P, D, ?> job = mail.prepared(); job != null; job = mail.prepared()) {
      if (job.failed()) schedule.remove(job);
      else if (job.isCancelled()) cancelled(job);
      else measure(job);
    }
  }

  private void measure(Job<P, D, ?> job) {
    try {
      job.slots = stepper.slotsFor(job.prepared());
    } catch (RuntimeException e) {
      schedule.remove(job);
      broken(job, "measured", e);
      return;
    }
    if (job.slots >= 1 && job.slots <= slots) {
      schedule.prepared(job);
      return;
    }
    schedule.remove(job);
    fail(job, new Rejected("TOO_MANY_SLOTS",
        "The request needs " + job.slots + " slots of the model, which has " + slots + "; ask for fewer candidates."));
  }

  private void takeCancelled() {
    for (Job<P, D, ?> job = mail.cancelled(); job != null; job = mail.cancelled()) {
      switch (job.place) {
        case WAITING, READY -> cancelled(job);
        case ACTIVE -> {
          release(job);
          cancelled(job);
        }
        // Seen when it arrives or comes back, or by the plan thread that completes it.
        case POSTED, PREPARING, GONE -> {}
      }
    }
  }

  private void expire(long nowMillis) {
    for (Job<P, D, ?> job = schedule.expired(nowMillis); job != null; job = schedule.expired(nowMillis)) {
      schedule.remove(job);
      job.expired();
      hand(job);
    }
    for (Job<P, D, ?> job : active.expired(nowMillis)) {
      release(job);
      job.expired();
      hand(job);
    }
  }

  private void admit() {
    // A model that is faster than the stages behind it waits for them.
    while (!mail.heldUpBy(mostCompleting)) {
      Job<P, D, ?> job = schedule.nextReady();
      if (job == null || !active.fits(job)) return;
      schedule.admitted(job);
      job.execution = parts.executions().incrementAndGet();
      job.admitted(parts.clock().nanoTime());
      active.add(job);
      try {
        stepper.admit(job.execution, job.prepared());
      } catch (RuntimeException e) {
        release(job);
        broken(job, "admitted", e);
      }
    }
  }

  private void prepareAhead() {
    for (Job<P, D, ?> job = schedule.nextToPrepare(); job != null; job = schedule.nextToPrepare()) {
      parts.plan().accept(job);
    }
  }

  private boolean granted() {
    if (active.isEmpty()) {
      record();
      withdraw();
      return false;
    }
    long charge = chargedNanos;
    chargedNanos = 0;
    contends = true;
    return parts.arbiter().grants(contender, active.priority(), active.deadlineMillis(), charge);
  }

  private void withdraw() {
    if (!contends) return;
    contends = false;
    parts.arbiter().leave(contender, chargedNanos);
    chargedNanos = 0;
  }

  private void step() {
    record();
    int busy = active.busySlots();
    long start = parts.clock().nanoTime();
    @Nullable List<Ended<D>> ended = null;
    @Nullable Throwable thrown = null;
    recorder.enterStep();
    try {
      ended = stepper.step();
    } catch (Throwable e) {
      thrown = e;
    } finally {
      recorder.leaveStep();
    }
    long now = parts.clock().nanoTime();
    count(busy, now - start);
    if (ended != null) for (Ended<D> end : ended) ended(end, now);
    else batchFailed(thrown == null ? new NullPointerException("step() returned null") : thrown);
  }

  private void count(int busy, long nanos) {
    chargedNanos += nanos;
    stepNanos = stepNanos + nanos;
    rows = rows + busy;
    steps = steps + 1;
  }

  private void ended(Ended<D> end, long nowNanos) {
    Job<P, D, ?> job = active.remove(end.execution());
    if (job == null) {
      log.atError().addKeyValue("model", modelDigest).log("The model ended an execution that it was not running");
      return;
    }
    job.ranAlone = job.alone;
    switch (end) {
      case Ended.Finished<D>(_, D draft, int steps) -> {
        job.finished(draft, steps, nowNanos);
        hand(job);
      }
      case Ended.Failed<D>(_, GenerationException cause) -> fail(job, cause);
    }
  }

  private void batchFailed(Throwable cause) {
    log.atError().addKeyValue("model", modelDigest).addKeyValue("executions", active.jobs().size())
        .setCause(TraceWithoutText.of(cause)).log("A step failed; its executions run again, each alone");
    BatchFailure<P, D> failure = BatchFailure.of(active.jobs());
    active.jobs().forEach(this::release);
    for (Job<P, D, ?> job : failure.poison()) {
      job.ranAlone = true;
      fail(job, new Broken("POISON", "The request made the model fail although it ran alone.", cause));
    }
    for (Job<P, D, ?> job : failure.again()) {
      job.alone = true;
      schedule.again(job);
    }
  }

  private void record() {
    if (active.takeChanged()) recorder.running(active.ids());
  }

  private void release(Job<P, D, ?> job) {
    active.remove(job.execution);
    try {
      stepper.release(job.execution);
    } catch (RuntimeException e) {
      log.atError().addKeyValue("model", modelDigest).addKeyValue("contentId", job.id())
          .setCause(TraceWithoutText.of(e)).log("The model could not release an execution");
    }
  }

  private void cancelled(Job<P, D, ?> job) {
    schedule.remove(job);
    job.cancelledNow();
    hand(job);
  }

  private void broken(Job<P, D, ?> job, String doing, Throwable cause) {
    job.broken(doing, cause);
    hand(job);
  }

  private void fail(Job<P, D, ?> job, GenerationException cause) {
    job.failed(cause);
    hand(job);
  }

  private void hand(Job<P, D, ?> job) {
    job.place = Place.GONE;
    mail.completes();
    parts.plan().accept(job);
  }
}
