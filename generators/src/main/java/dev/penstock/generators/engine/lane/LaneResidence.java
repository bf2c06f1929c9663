package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Priority;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a lane's model comes into memory and when it leaves: it comes when there is work for it and room, and leaves
/// when another needs the room and nothing that was begun is unfinished. The lane thread alone, but for [#warm].
final class LaneResidence<P, D> {

  private static final Logger log = LoggerFactory.getLogger(LaneResidence.class);

  private final LaneModel<P, D> model;
  private final LaneMail<P, D> mail;
  private final LaneSchedule<P, D> schedule;
  private final LaneExits<P, D> exits;
  private final ActiveSet<P, D> active;
  private final Queue<CompletableFuture<Boolean>> toWarm = new ConcurrentLinkedQueue<>();
  private boolean waitsForRoom;

  LaneResidence(
      LaneModel<P, D> model,
      LaneMail<P, D> mail,
      LaneSchedule<P, D> schedule,
      LaneExits<P, D> exits,
      ActiveSet<P, D> active) {
    this.model = model;
    this.mail = mail;
    this.schedule = schedule;
    this.exits = exits;
    this.active = active;
  }

  /// Loads the model ahead of any work, if there is room that nobody else needs. Any thread.
  ///
  /// @return whether it is loaded, or why it cannot be; known after the lane's next turn
  CompletableFuture<Boolean> warm() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    toWarm.add(answer);
    mail.nudge();
    return answer;
  }

  /// Whether there is work and no room, so that the lane must ask again after a while.
  boolean waitsForRoom() {
    return waitsForRoom;
  }

  /// Loads the model if there is work for it and room.
  ///
  /// @return whether it is in memory
  boolean hasModel() {
    Priority priority = urgency();
    model.works(priority);
    waitsForRoom = false;
    if (!model.isLoaded() && (priority != null || !toWarm.isEmpty())) {
      try {
        waitsForRoom = !model.load(priority) && priority != null;
      } catch (Throwable e) {
        notLoaded(e);
      }
    }
    answer();
    return model.isLoaded();
  }

  /// Tells those who wanted it warmed whether it is loaded.
  void answer() {
    for (var answer = toWarm.poll(); answer != null; answer = toWarm.poll()) answer.complete(model.isLoaded());
  }

  /// Closes the model if it is to leave and nothing that was begun is unfinished.
  ///
  /// @return whether it was closed
  boolean leaves() {
    if (!model.isLeaving()) return false;
    mail.tellWhenCompleted(true);
    if (!active.isEmpty() || !schedule.hasNoneAhead() || mail.completing() > 0) return false;
    mail.tellWhenCompleted(false);
    model.close();
    return true;
  }

  /// The most urgent work there is, or null if there is none.
  private @Nullable Priority urgency() {
    Priority queued = schedule.priority();
    if (active.isEmpty()) return queued == null && mail.completing() > 0 ? Priority.BULK : queued;
    return queued == null || active.priority().compareTo(queued) < 0 ? active.priority() : queued;
  }

  private void notLoaded(Throwable cause) {
    log.atError().addKeyValue("model", model.name()).setCause(cause).log("A model could not be loaded");
    String sentence = "The model " + model.name() + " could not be loaded: " + cause.getMessage();
    for (Job<P, D, ?> job : schedule.takeAll()) exits.failed(job, new Broken("MODEL_NOT_LOADED", sentence, cause));
    for (var answer = toWarm.poll(); answer != null; answer = toWarm.poll()) answer.completeExceptionally(cause);
  }
}
