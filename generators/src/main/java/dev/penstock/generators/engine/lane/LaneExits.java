package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.engine.lane.Job.Place;

/// The ways out of a lane: each takes a job that is in no queue and holds no slot any more, and hands it to the plan
/// threads, which complete it. The lane thread alone.
final class LaneExits<P, D> {

  private final LaneMail<P, D> mail;
  private final EngineParts parts;

  LaneExits(LaneMail<P, D> mail, EngineParts parts) {
    this.mail = mail;
    this.parts = parts;
  }

  void finished(Job<P, D, ?> job, D draft, int steps, long nowNanos) {
    job.finished(draft, steps, nowNanos);
    hand(job);
  }

  void failed(Job<P, D, ?> job, GenerationException cause) {
    job.failed(cause);
    hand(job);
  }

  void broken(Job<P, D, ?> job, String doing, Throwable cause) {
    job.broken(doing, cause);
    hand(job);
  }

  void cancelled(Job<P, D, ?> job) {
    job.cancelledNow();
    hand(job);
  }

  void expired(Job<P, D, ?> job) {
    job.expired();
    hand(job);
  }

  private void hand(Job<P, D, ?> job) {
    job.place = Place.GONE;
    mail.completes();
    parts.plan().accept(job);
  }
}
