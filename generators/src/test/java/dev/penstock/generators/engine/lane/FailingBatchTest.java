package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.engine.Engine;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Specified: how a lane of 16 slots finds out who makes a step fail, and what that costs the others.
class FailingBatchTest extends SteppedLane {

  private static final Map<String, Object> POISON = Map.of("fault", "poison");

  FailingBatchTest() {
    super(16);
  }

  private List<Integer> batchSizes() {
    return model.batches.stream().map(List::size).toList();
  }

  @Test
  void cutsABatchInHalvesUntilTheBadOneIsAlone() {
    for (int i = 0; i < 16; i++) submit("r" + i, NORMAL, i == 13 ? POISON : Map.of());
    settle();
    assertThat(batchSizes()).containsExactly(16, 8, 8, 4, 4, 2, 1, 1, 2);
    assertThat(ends.get("r13").reason()).isEqualTo("POISON");
    assertThat(ends.get("r13").failures.getFirst().getCause()).isInstanceOf(IllegalStateException.class);
    ends.remove("r13");
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
  }

  @Test
  void answers990AndFails10Of1000WithFewExtraSteps() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Set<Integer> bad = new HashSet<>();
    while (bad.size() < 10) bad.add(random.nextInt(1_000));
    for (int i = 0; i < 1_000; i++)
      submit("r" + i, NORMAL, bad.contains(i) ? Map.of("steps", 5, "fault", "poison", "faultAt", 3) : Map.of("steps", 5));
    settle();
    assertThat(ends.values().stream().filter(end -> end.values.size() == 1).count()).as("seed %d", seed).isEqualTo(990);
    for (int i : bad) assertThat(ends.get("r" + i).reason()).isEqualTo("POISON");
    int halvings = 4;
    assertThat(figures().failedSteps()).as("each halving of each poison").isLessThanOrEqualTo(10 * (halvings + 1));
    assertThat(figures().steps())
        .as("the steps of 1,000 in full batches, and of two cohorts a halving, seed %d", seed)
        .isLessThanOrEqualTo(1_000 * 5 / 16 + 10 * (2 * halvings + 2) * 5);
  }

  @Test
  void letsACohortGoOnWithOthersOnceItHasPassedTheStepThatFailed() {
    submit("good", NORMAL, Map.of("steps", 6));
    submit("bad", NORMAL, Map.of("steps", 6, "fault", "poison", "faultAt", 2));
    prepareAndTurn();
    lane.turn();
    assertThat(figures().failedSteps()).isEqualTo(1);
    submit("new", URGENT, Map.of("steps", 1));
    lane.turn();
    lane.turn();
    assertThat(model.batches.subList(2, 4)).as("nobody beside a suspect").containsExactly(List.of("good"), List.of("good"));
    runPlan();
    lane.turn();
    assertThat(model.batches.getLast()).containsExactly("good", "new");
    settle();
    assertThat(ends.get("bad").reason()).isEqualTo("POISON");
    assertThat(ends.get("good").values).hasSize(1);
  }

  @Test
  void findsSeveralBadOnesInOneBatch() {
    Set<Integer> bad = Set.of(0, 1, 7, 15);
    for (int i = 0; i < 16; i++) submit("r" + i, NORMAL, bad.contains(i) ? POISON : Map.of());
    settle();
    for (int i = 0; i < 16; i++) assertThat(ends.get("r" + i).values).hasSize(bad.contains(i) ? 0 : 1);
  }

  @Test
  void endsEveryRequestOfAModelThatAlwaysFails() {
    for (int i = 0; i < 64; i++) submit("r" + i, NORMAL, POISON);
    settle();
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.reason()).isEqualTo("POISON"));
    assertThat(figures().steps()).isLessThanOrEqualTo(4 * 31);
  }

  @Test
  void endsRequestsOfAModelThatFailsNowAndThen() {
    int[] steps = new int[1];
    model.duringStep = () -> {
      if (++steps[0] % 7 == 0) throw new IllegalStateException("now and then");
    };
    for (int i = 0; i < 32; i++) submit("r" + i, NORMAL, Map.of("steps", 6));
    settle();
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.calls()).isEqualTo(1));
  }

  @Test
  void givesOneThatRanAloneFromTheStartASecondTry() {
    int[] steps = new int[1];
    model.duringStep = () -> {
      if (++steps[0] == 1) throw new IllegalStateException("once");
    };
    submit("r", NORMAL, Map.of());
    settle();
    assertThat(ends.get("r").values).containsExactly("made r");
  }

  @Test
  void cancelsAndExpiresMembersOfACohortLikeAnybody() {
    Engine.Ticket gone = submit("gone", NORMAL, Map.of());
    submit("bad", NORMAL, POISON);
    IntStream.range(0, 6).forEach(i -> submit("r" + i, NORMAL, Map.of()));
    prepareAndTurn();
    gone.cancel();
    settle();
    assertThat(ends.get("gone").reason()).isEqualTo("CANCELLED");
    assertThat(ends.get("bad").reason()).isEqualTo("POISON");
    assertThat(model.batches.stream().filter(batch -> batch.contains("gone"))).hasSize(1);
    assertThat(lane.mail().pending()).isZero();
  }
}
