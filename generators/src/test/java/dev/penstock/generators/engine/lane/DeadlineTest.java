package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.Priority.BULK;
import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.schedule.Pace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Specified: which deadlines a lane of 4 slots refuses before they cost a step. Its model takes 10 ms a step.
class DeadlineTest extends SteppedLane {

  DeadlineTest() {
    super(4);
    model.duringStep = () -> clock.advance(Duration.ofMillis(10));
  }

  /// Requests of five steps: four at once take 50 ms.
  private void measure() {
    for (int i = 0; i < 2 * Pace.ENOUGH; i++) submit("measured" + i, NORMAL, Map.of("steps", 5));
    settle();
    model.batches.clear();
  }

  private void submit(String id, Priority priority, int millis, int steps) {
    submit(id, "tenant", priority, Duration.ofMillis(millis), Map.of("steps", steps));
  }

  private void assertRefused(String id, String... words) {
    assertThat(ends.get(id).reason()).isEqualTo("DEADLINE_UNREACHABLE");
    for (String word : words) assertThat(ends.get(id).failures.getFirst().getMessage()).contains(word);
    assertThat(model.batches).allSatisfy(batch -> assertThat(batch).doesNotContain(id));
  }

  private void assertAnswered(String id) {
    assertThat(ends.get(id).values).as(id).hasSize(1);
  }

  @Test
  void refusesWhatIsNearerThanTheFastestStepWhenLittleIsKnown() {
    submit("first", NORMAL, Map.of());
    settle();
    submit("too near", URGENT, 10, 1);
    submit("just enough", URGENT, 11, 1);
    settle();
    assertRefused("too near", "10 ms away", "at least 10 ms");
    assertThat(model.prepared).as("not even prepared").doesNotContain("too near");
    assertAnswered("just enough");
  }

  @Test
  void refusesWhatItsOwnStepsDoNotFitInto() {
    measure();
    submit("too near", NORMAL, 50, 5);
    submit("just enough", NORMAL, 51, 5);
    settle();
    assertRefused("too near", "50 ms away", "at least 50 ms");
    assertAnswered("just enough");
  }

  @Test
  void doesNotHoldTheLengthOfOthersAgainstAShortRequest() {
    measure();
    submit("short", NORMAL, 21, 2);
    settle();
    assertAnswered("short");
  }

  @Test
  void assumesThatALongRequestMayEndAsEarlyAsTheQuickestOnesDo() {
    measure();
    submit("may end early", NORMAL, 60, 100);
    settle();
    assertThat(ends.get("may end early").reason()).isEqualTo("EXPIRED");
    assertThat(model.batches).hasSize(6);
  }

  @Test
  void refusesAtOnceWhatTheQueueLeavesNoTimeFor() {
    measure();
    for (int i = 0; i < 40; i++) submit("before" + i, NORMAL, Map.of("steps", 5));
    prepareAndTurn();
    submit("behind bulk", BULK, 440, 5);
    lane.turn();
    runPlan();
    assertRefused("behind bulk", "at least", "go before this one");
    assertThat(model.prepared).doesNotContain("behind bulk");
    submit("overtakes", URGENT, 150, 5);
    submit("can wait", BULK, 700, 5);
    settle();
    assertAnswered("overtakes");
    assertAnswered("can wait");
  }

  @Test
  void countsOnlyThoseWithAnEarlierDeadlineOfItsOwnPriority() {
    measure();
    for (int i = 0; i < 40; i++) submit("later" + i, NORMAL, 2_000 + i, 5);
    prepareAndTurn();
    submit("earlier", NORMAL, 150, 5);
    settle();
    assertAnswered("earlier");
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
  }

  @Test
  void refusesWhenItsTurnComesTooLate() {
    measure();
    submit("running", NORMAL, Map.of("steps", 20, "slots", 4));
    prepareAndTurn();
    submit("waits", NORMAL, 241, 5);
    settle();
    assertThat(model.batches).as("20 steps of 10 ms, of which the first is over").hasSize(25);
    assertAnswered("waits");
    submit("longer than measured", NORMAL, Map.of("steps", 40, "slots", 4));
    prepareAndTurn();
    submit("turn comes too late", NORMAL, 420, 5);
    settle();
    assertRefused("turn comes too late", "needs at least");
  }

  @Test
  void givesSlotsInAnOverloadToWhoEndsInTimeEvenIfItTakesLong() {
    measure();
    submit("slowest measured", NORMAL, Map.of("steps", 20));
    settle();
    for (int i = 0; i < 3; i++) submit("waits" + i, NORMAL, 2_000, 5);
    submit("patient", NORMAL, Map.of("steps", 5));
    submit("less urgent", BULK, 2_000, 5);
    submit("doubtful, no overload", NORMAL, 150, 100);
    settle();
    assertThat(ends.get("doubtful, no overload").reason()).isEqualTo("EXPIRED");

    for (int i = 0; i < 4; i++) submit("waits, too" + i, NORMAL, 2_000, 5);
    submit("doubtful", NORMAL, 150, 100);
    submit("certain", NORMAL, 230, 20);
    settle();
    assertRefused("doubtful", "150 ms away", "may take 220 ms");
    assertAnswered("certain");
    for (int i = 0; i < 4; i++) assertAnswered("waits, too" + i);
  }

  @Test
  void forgetsASlowSpellSoThatItDoesNotRefuseForEver() {
    measure();
    submit("refused", NORMAL, 20, 5);
    settle();
    assertRefused("refused");
    clock.advance(Duration.ofNanos(Pace.MEMORY_NANOS));
    model.duringStep = () -> clock.advance(Duration.ofMillis(1));
    submit("tried", NORMAL, 20, 5);
    settle();
    assertAnswered("tried");
  }

  @Test
  void doesNotCountFailedStepsAsFastOnes() {
    measure();
    model.duringStep = () -> {};
    submit("poison", NORMAL, Map.of("fault", "poison"));
    settle();
    submit("too near", NORMAL, 9, 5);
    settle();
    assertRefused("too near");
  }

  @Test
  void spendsNoStepOnWhatExpiredWhileItWaited() {
    submit("running", NORMAL, Map.of("steps", 10, "slots", 4));
    prepareAndTurn();
    for (int i = 0; i < 1_000; i++) submit("late" + i, NORMAL, 80, 1);
    settle();
    assertThat(model.batches).hasSize(10);
    assertThat(model.prepared).as("all but those prepared ahead were not even prepared").hasSizeLessThanOrEqualTo(1 + 8);
    for (int i = 0; i < 1_000; i++) assertThat(ends.get("late" + i).reason()).isEqualTo("EXPIRED");
  }
}
