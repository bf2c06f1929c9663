package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.Priority.BULK;
import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.device.DeviceArbiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Specified: what a lane does in which order, turn by turn, under a clock that stands still. Plan tasks run when the
/// test says so.
class LaneTest extends SteppedLane {

  LaneTest() {
    super(4);
  }


  @Test
  void batchesWhatIsThereAndRefillsSlotsStepByStep() {
    submit("long", NORMAL, Map.of("steps", 3));
    for (int i = 0; i < 4; i++) submit("short" + i, NORMAL, Map.of());
    settle();
    assertThat(model.batches)
        .containsExactly(
            List.of("long", "short0", "short1", "short2"), List.of("long", "short3"), List.of("long"));
    assertThat(ends.get("long").values).containsExactly("made long");
  }

  @Test
  void letsAnUrgentRequestOvertakePreparedBulk() {
    IntStream.range(0, 40).forEach(i -> submit("bulk" + i, BULK, Map.of()));
    lane.turn();
    runPlan();
    submit("urgent", URGENT, Map.of());
    lane.turn();
    assertThat(plan).as("the urgent one is prepared although eight are ready").isNotEmpty();
    runPlan();
    lane.turn();
    assertThat(model.batches.get(1)).contains("urgent");
  }

  @Test
  void preparesTwiceTheSlotsAheadAndNoMore() {
    IntStream.range(0, 100).forEach(i -> submit("r" + i, NORMAL, Map.of("steps", 5)));
    lane.turn();
    assertThat(plan).hasSize(8);
    runPlan();
    lane.turn();
    assertThat(plan).as("four were admitted, so four more").hasSize(4);
    assertThat(lane.snapshot().busySlots()).isEqualTo(4);
    assertThat(lane.snapshot().queued()).isEqualTo(96);
  }

  @Test
  void preparesATenantThatWasNotServedThoughAnotherFillsTheWindow() {
    IntStream.range(0, 100).forEach(i -> submit("a" + i, "a", BULK, null, Map.of()));
    lane.turn();
    submit("b", "b", BULK, null, Map.of());
    prepareAndTurn();
    assertThat(model.batches.getFirst()).contains("b");
  }

  @Test
  void givesABigRequestItsSlotsThoughSmallOnesKeepComing() {
    submit("running", NORMAL, Map.of("steps", 2));
    prepareAndTurn();
    submit("big", NORMAL, Map.of("slots", 4));
    for (int i = 0; i < 6; i++) submit("small" + i, NORMAL, Map.of());
    settle();
    assertThat(model.batches.get(2)).containsExactly("big");
    assertThat(model.batches.get(3)).containsExactly("small0", "small1", "small2", "small3");
  }

  @Test
  void refusesARequestThatNeedsMoreSlotsThanThereAre() {
    submit("huge", NORMAL, Map.of("slots", 5));
    settle();
    assertThat(ends.get("huge").reason()).isEqualTo("TOO_MANY_SLOTS");
    assertThat(model.batches).isEmpty();
  }

  @Test
  void expiresWhatWaitsWithoutPreparingIt() {
    IntStream.range(0, 8).forEach(i -> submit("r" + i, NORMAL, Map.of()));
    lane.turn();
    submit("late", "tenant", BULK, Duration.ofMillis(10), Map.of());
    clock.advance(Duration.ofMillis(10));
    settle();
    assertThat(ends.get("late").reason()).isEqualTo("EXPIRED");
    assertThat(model.prepared).doesNotContain("late");
  }

  @Test
  void expiresAPreparedRequestBeforeItTakesASlot() {
    submit("late", "tenant", NORMAL, Duration.ofMillis(10), Map.of());
    lane.turn();
    runPlan();
    clock.advance(Duration.ofMillis(10));
    settle();
    assertThat(ends.get("late").reason()).isEqualTo("EXPIRED");
    assertThat(model.batches).isEmpty();
  }

  @Test
  void expiresARequestWhoseDeadlinePassedOnItsWayToPreparation() {
    submit("late", "tenant", NORMAL, Duration.ofMillis(10), Map.of());
    lane.turn();
    clock.advance(Duration.ofMillis(10));
    settle();
    assertThat(ends.get("late").reason()).isEqualTo("EXPIRED");
    assertThat(model.prepared).isEmpty();
  }

  @Test
  void releasesARunningRequestAtTheFirstStepAfterItsDeadline() {
    submit("late", "tenant", NORMAL, Duration.ofMillis(10), Map.of("steps", 100));
    submit("other", NORMAL, Map.of("steps", 2));
    prepareAndTurn();
    clock.advance(Duration.ofMillis(10));
    settle();
    assertThat(model.batches).containsExactly(List.of("late", "other"), List.of("other"));
    assertThat(ends.get("late").reason()).isEqualTo("EXPIRED");
  }

  @Test
  void cancelsWhereverTheRequestIs() {
    Engine.Ticket running = submit("running", NORMAL, Map.of("steps", 100));
    prepareAndTurn();
    submit("filler", NORMAL, Map.of("slots", 4));
    Engine.Ticket ready = submit("ready", NORMAL, Map.of());
    prepareAndTurn();
    Engine.Ticket preparing = submit("preparing", NORMAL, Map.of());
    lane.turn();
    Engine.Ticket waiting = submit("waiting", BULK, Map.of());
    for (Engine.Ticket ticket : List.of(running, ready, preparing, waiting)) ticket.cancel();
    settle();
    for (String id : List.of("running", "ready", "preparing", "waiting"))
      assertThat(ends.get(id).reason()).as(id).isEqualTo("CANCELLED");
    assertThat(ends.get("filler").values).containsExactly("made filler");
    assertThat(model.batches.getLast()).containsExactly("filler");
    assertThat(lane.mail().pending()).isZero();
  }

  @Test
  void cancelsBetweenTheLaneAndTheLastStage() {
    Engine.Ticket ticket = submit("r", NORMAL, Map.of());
    prepareAndTurn();
    ticket.cancel();
    settle();
    assertThat(ends.get("r").reason()).isEqualTo("CANCELLED");
  }

  @Test
  void ignoresACancelAfterTheEnd() {
    Engine.Ticket ticket = submit("r", NORMAL, Map.of());
    settle();
    ticket.cancel();
    settle();
    assertThat(ends.get("r").calls()).isEqualTo(1);
  }

  @Test
  void servesUrgentRequestsBetweenThoseThatRunAlone() {
    submit("bad", NORMAL, Map.of("fault", "poison"));
    submit("good", NORMAL, Map.of("steps", 2));
    prepareAndTurn();
    submit("urgent", URGENT, Map.of());
    lane.turn();
    runPlan();
    settle();
    assertThat(model.batches.subList(1, 4)).containsExactly(List.of("bad"), List.of("urgent"), List.of("good"));
  }

  @Test
  void reportsWhereTheTimeWent() {
    Recorded<GenerationResult> end = new Recorded<>();
    post(FakeGenerator.request("r", Map.of("steps", 2)), result -> result, end);
    model.duringPrepare = () -> clock.advance(Duration.ofMillis(5));
    model.duringStep = () -> clock.advance(Duration.ofMillis(10));
    lane.turn();
    clock.advance(Duration.ofMillis(7));
    settle();
    GenerationResult result = end.values.getFirst();
    assertThat(result.timings()).isEqualTo(new GenerationResult.Timings(7_000_000, 20_000_000, 5_000_000));
    assertThat(result.usage().steps()).isEqualTo(2);
    assertThat(lane.snapshot().figures().stepNanos()).isEqualTo(20_000_000);
    assertThat(lane.snapshot().figures().meanRows()).isEqualTo(1);
  }

  @Test
  void waitsForTheDeviceAndGoesOnPreparingMeanwhile() {
    DeviceArbiter.Contender other = new DeviceArbiter.Contender(() -> {});
    arbiter.grants(other, URGENT, 0, 0);
    submit("r", NORMAL, Map.of());
    prepareAndTurn();
    assertThat(model.batches).isEmpty();
    submit("later", NORMAL, Map.of());
    lane.turn();
    assertThat(plan).hasSize(1);
    arbiter.leave(other, 0);
    settle();
    assertThat(model.batches).containsExactly(List.of("r", "later"));
  }

  @Test
  void admitsNoMoreWhileTheStagesBehindItAreBehind() {
    IntStream.range(0, 200).forEach(i -> submit("r" + i, NORMAL, Map.of()));
    for (int i = 0; i < 500; i++) {
      lane.turn();
      plan.removeIf(task -> {
        if (task.ends()) return false;
        task.run();
        return true;
      });
    }
    assertThat(plan.size()).as("finished and not completed").isBetween(64, 68);
    settle();
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
  }
}
