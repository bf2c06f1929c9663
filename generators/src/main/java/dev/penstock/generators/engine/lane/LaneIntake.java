package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.Stepper;
import org.jspecify.annotations.Nullable;

/// Takes what other threads posted into a lane's schedule: requests that arrived, and those that come back prepared.
/// What cannot be served leaves here, before it costs anything more. The lane thread alone.
final class LaneIntake<P, D> {

  /// So that a flood of submissions does not keep the lane from stepping.
  private static final int ARRIVALS_A_TURN = 1_024;

  private final LaneModel<P, D> model;
  private final EngineParts parts;
  private final LaneMail<P, D> mail;
  private final LaneSchedule<P, D> schedule;
  private final LaneExits<P, D> exits;
  private final Forecast<P, D> forecast;

  LaneIntake(
      LaneModel<P, D> model,
      EngineParts parts,
      LaneMail<P, D> mail,
      LaneSchedule<P, D> schedule,
      LaneExits<P, D> exits,
      Forecast<P, D> forecast) {
    this.model = model;
    this.parts = parts;
    this.mail = mail;
    this.schedule = schedule;
    this.exits = exits;
    this.forecast = forecast;
  }

  void takeArrivals() {
    for (int i = 0; i < ARRIVALS_A_TURN; i++) {
      Job<P, D, ?> job = mail.arrival();
      if (job == null) return;
      GenerationException refusal = refusal(job);
      if (job.isCancelled()) exits.cancelled(job);
      else if (refusal != null) exits.failed(job, refusal);
      else arrived(job);
    }
    mail.nudge();
  }

  void takePrepared() {
    for (Job<P, D, ?> job = mail.prepared(); job != null; job = mail.prepared()) {
      if (job.failed()) {
        schedule.remove(job);
      } else if (job.isCancelled()) {
        schedule.remove(job);
        exits.cancelled(job);
      } else {
        prepared(job);
      }
    }
  }

  private void arrived(Job<P, D, ?> job) {
    if (parts.suspects().contains(job.recordedId())) Cohort.alone(job);
    schedule.add(job);
  }

  /// Why a request is refused before it costs anything, or null.
  private @Nullable GenerationException refusal(Job<P, D, ?> job) {
    if (parts.suspects().crashedAloneTwice(job.recordedId()))
      return new Broken("CRASHED_THE_PROCESS", "The request crashed the process twice while it ran alone.", null);
    return forecast.onArrival(job);
  }

  private void prepared(Job<P, D, ?> job) {
    Stepper<P, D> stepper = model.stepper();
    try {
      job.slots = stepper.slotsFor(job.prepared());
      job.mostSteps = Math.max(1, stepper.mostSteps(job.prepared()));
    } catch (RuntimeException e) {
      schedule.remove(job);
      exits.broken(job, "measured", e);
      return;
    }
    int slots = stepper.slots();
    Rejected refusal = job.slots >= 1 && job.slots <= slots ? forecast.onPrepared(job) : tooManySlots(job.slots, slots);
    if (refusal == null) {
      schedule.prepared(job);
    } else {
      schedule.remove(job);
      exits.failed(job, refusal);
    }
  }

  private static Rejected tooManySlots(int needed, int slots) {
    String sentence = "The request needs " + needed + " slots of the model, which has " + slots;
    return new Rejected("TOO_MANY_SLOTS", sentence + "; ask for fewer candidates.");
  }
}
