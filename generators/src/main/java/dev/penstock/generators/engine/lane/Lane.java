package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.Generator;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.engine.LaneSnapshot;
import dev.penstock.generators.engine.crash.FlightRecorder;
import dev.penstock.generators.engine.device.DeviceArbiter;
import dev.penstock.generators.engine.lane.Job.Place;
import dev.penstock.generators.engine.plan.Progress;
import dev.penstock.generators.engine.schedule.Pace;
import dev.penstock.generators.engine.schedule.SlotLimit;

/// A loaded model version at work: who waits, who is prepared, who holds slots. Turn by turn it takes what arrived,
/// drops what is too late, admits what fits, has the next ones prepared, and steps when the [DeviceArbiter] lets it.
///
/// [#turn] belongs to one thread, the [LaneThread]; the stepper and the flight recorder are touched by it alone. What
/// other threads say comes through the [LaneMail].
///
/// Requests are admitted strictly in order: one that needs many slots is not passed by small ones behind it, so it
/// gets its slots as soon as enough are free. A [Cohort] waits for an empty lane.
final class Lane<P, D> {

  private static final long ASK_AGAIN_MILLIS = 50;

  private final String modelDigest;
  private final LaneModel<P, D> model;
  private final EngineParts parts;
  private final LaneMail<P, D> mail;
  private final LaneExits<P, D> exits;
  private final LaneSchedule<P, D> schedule;
  private final LaneIntake<P, D> intake;
  private final LaneRun<P, D> run;
  private final Forecast<P, D> forecast;
  private final LaneResidence<P, D> residence;
  private final ActiveSet<P, D> active;
  private final DeviceArbiter.Contender contender;
  private final int slots;
  private final int mostCompleting;
  /// Step time the arbiter has not been told of.
  private long unchargedNanos;

  private boolean contends;
  private volatile int busySlots;
  private volatile int queued;

  /// A lane whose model is loaded and stays so.
  static <P, D> Lane<P, D> of(String modelDigest, Generator<P, D> generator, FlightRecorder recorder, EngineParts parts) {
    return new Lane<>(modelDigest, new LaneMail<>(), LaneModel.resident(modelDigest, generator, parts), recorder, parts);
  }

  /// A lane that loads its model when it has work for it.
  static <P, D> Lane<P, D> of(
      String modelDigest, GeneratorSource<P, D> source, FlightRecorder recorder, EngineParts parts) {
    LaneMail<P, D> mail = new LaneMail<>();
    return new Lane<>(modelDigest, mail, LaneModel.onDemand(source, parts, mail::nudge), recorder, parts);
  }

  private Lane(
      String modelDigest,
      LaneMail<P, D> mail,
      LaneModel<P, D> model,
      FlightRecorder recorder,
      EngineParts parts) {
    this.modelDigest = modelDigest;
    this.mail = mail;
    this.model = model;
    this.parts = parts;
    Pace pace = new Pace();
    this.slots = model.slots();
    SlotLimit limit = new SlotLimit(slots);
    this.exits = new LaneExits<>(mail, parts);
    this.schedule = new LaneSchedule<>(slots);
    this.run = new LaneRun<>(model, recorder, parts, schedule, exits, limit, pace);
    this.active = run.active();
    this.residence = new LaneResidence<>(model, mail, schedule, exits, active);
    this.forecast = new Forecast<>(parts.clock(), pace, limit, schedule, active);
    this.intake = new LaneIntake<>(model, parts, mail, schedule, exits, forecast);
    this.contender = new DeviceArbiter.Contender(mail::nudge);
    this.mostCompleting = Math.max(64, 4 * slots);
  }

  EngineClock clock() {
    return parts.clock();
  }

  /// For plan threads that work on one of the lane's requests: the loaded model.
  Generator<P, D> generator() {
    return model.generator();
  }

  /// After the lane's thread ended and no plan thread works for it.
  void closeModel() {
    model.close();
  }

  LaneResidence<P, D> residence() {
    return residence;
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

  /// Partial results wait to be told.
  void tell(Progress progress) {
    parts.plan().accept(progress);
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
        modelDigest, model.isLoaded(), model.loads(), slots, busySlots, queued, mail.completing(), run.figures());
  }

  /// Does everything that can be done now, one step at most.
  ///
  /// @return whether there may be more to do at once; if not, the next reason is mail or a deadline
  boolean turn() {
    mail.read();
    intake.takeArrivals();
    intake.takePrepared();
    takeCancelled();
    expire(parts.clock().millis());
    queued = schedule.queued();
    if (!residence.hasModel()) return false;
    admit();
    if (!model.isLeaving()) prepareAhead();
    busySlots = active.busySlots();
    queued = schedule.queued();
    if (!isGranted()) return residence.leaves();
    unchargedNanos += run.step();
    active.jobs().forEach(schedule::stays);
    return true;
  }

  /// Epoch milliseconds at which the next turn is due without mail: the next deadline, or the time to ask again for
  /// memory; `Long.MAX_VALUE` if there is neither.
  long nextTurnMillis() {
    long again = residence.waitsForRoom() ? parts.clock().millis() + ASK_AGAIN_MILLIS : Long.MAX_VALUE;
    return Math.min(again, Math.min(schedule.earliestDeadlineMillis(), active.earliestDeadlineMillis()));
  }

  /// Gives up all executions without completing anybody. The lane's last act.
  void abandon() {
    active.jobs().forEach(run::release);
    run.record();
    leaveDevice();
    residence.answer();
  }

  /// Fails whatever is in the lane, so that an error of its own does not stop it for ever.
  void failAll(Throwable cause) {
    for (Job<P, D, ?> job : active.jobs()) {
      run.release(job);
      exits.broken(job, "run", cause);
    }
    for (Job<P, D, ?> job : schedule.takeAll()) exits.broken(job, "queued", cause);
  }

  private void takeCancelled() {
    for (Job<P, D, ?> job = mail.cancelled(); job != null; job = mail.cancelled()) {
      switch (job.place) {
        case WAITING, READY -> schedule.remove(job);
        case ACTIVE -> run.release(job);
        // Seen when it arrives or comes back, or by the plan thread that completes it.
        case POSTED, PREPARING, GONE -> {
          continue;
        }
      }
      exits.cancelled(job);
    }
  }

  private void expire(long nowMillis) {
    for (Job<P, D, ?> job = schedule.expired(nowMillis); job != null; job = schedule.expired(nowMillis)) {
      schedule.remove(job);
      exits.expired(job);
    }
    for (Job<P, D, ?> job : active.expired(nowMillis)) {
      run.release(job);
      exits.expired(job);
    }
  }

  private void admit() {
    // A model that is faster than the stages behind it waits for them.
    while (!mail.heldUpBy(mostCompleting)) {
      Job<P, D, ?> job = schedule.nextReady();
      if (job == null || !active.fits(job)) return;
      Cohort<P, D> cohort = job.cohort;
      if (cohort == null) admit(job);
      else for (Job<P, D, ?> member : cohort.members()) if (member.place == Place.READY) admit(member);
    }
  }

  private void admit(Job<P, D, ?> job) {
    Rejected refusal = forecast.onAdmission(job);
    if (refusal == null) {
      schedule.admitted(job);
      run.admit(job);
    } else {
      schedule.remove(job);
      exits.failed(job, refusal);
    }
  }

  private void prepareAhead() {
    for (Job<P, D, ?> job = schedule.nextToPrepare(); job != null; job = schedule.nextToPrepare()) {
      parts.plan().accept(job);
    }
  }

  private boolean isGranted() {
    if (active.isEmpty()) {
      run.record();
      leaveDevice();
      return false;
    }
    long charge = unchargedNanos;
    unchargedNanos = 0;
    contends = true;
    return parts.arbiter().grants(contender, active.priority(), active.deadlineMillis(), charge);
  }

  private void leaveDevice() {
    if (!contends) return;
    contends = false;
    parts.arbiter().leave(contender, unchargedNanos);
    unchargedNanos = 0;
  }
}
