package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.Priority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.penstock.generators.engine.schedule.SlotLimit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Specified: a lane of 16 slots whose model runs out of memory goes on with half of them, says so, blames nobody, and
/// takes them back one by one.
class OutOfMemoryTest extends SteppedLane {

  OutOfMemoryTest() {
    super(16);
  }

  private void submit(int count, int steps) {
    IntStream.range(0, count).forEach(i -> submit("r" + ends.size(), NORMAL, Map.of("steps", steps)));
  }

  private List<Integer> batchSizes() {
    return model.batches.stream().map(List::size).toList();
  }

  @Test
  void goesOnWithHalfTheSlotsAndFinishesEverybody() {
    model.memory = 10;
    submit(32, 1);
    settle();
    assertThat(batchSizes()).containsExactly(16, 8, 8, 8, 8);
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
    assertThat(figures().outOfMemory()).isEqualTo(1);
    assertThat(figures().slotLimit()).isEqualTo(8);
  }

  @Test
  void halvesAgainIfThatIsStillTooMuch() {
    model.memory = 3;
    submit(16, 1);
    settle();
    assertThat(batchSizes().subList(0, 4)).containsExactly(16, 8, 4, 2);
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
  }

  @Test
  void saysSoInOneLine() {
    Logger logger = (Logger) LoggerFactory.getLogger(BatchFailures.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(events);
    try {
      model.memory = 10;
      submit(16, 1);
      settle();
    } finally {
      logger.detachAppender(events);
      logger.setAdditive(true);
      logger.setLevel(null);
    }
    assertThat(events.list).hasSize(1);
    assertThat(events.list.getFirst().getFormattedMessage())
        .isEqualTo("A step ran out of memory; the lane goes on with fewer slots");
    assertThat(events.list.getFirst().getKeyValuePairs().toString())
        .contains("model=\"digest\"", "busySlots=\"16\"", "slotLimit=\"8\"");
  }

  @Test
  void takesASlotBackEachTimeItWasFullForAWhile() {
    model.memory = 10;
    submit(16, 10_000);
    prepareAndTurn();
    for (int i = 0; i < SlotLimit.PATIENCE + 2; i++) lane.turn();
    assertThat(batchSizes().subList(1, 2 + SlotLimit.PATIENCE)).as("full steps").startsWith(8).endsWith(8, 9);
    model.memory = 16;
    for (int i = 0; i < 8 * SlotLimit.PATIENCE; i++) lane.turn();
    assertThat(figures().slotLimit()).isEqualTo(16);
    assertThat(batchSizes()).last().isEqualTo(16);
  }

  @Test
  void growsMoreSlowlyTheMoreOftenMemoryRanOut() {
    SlotLimit limit = new SlotLimit(16);
    limit.ranOut(16);
    assertThat(stepsToGrow(limit)).isEqualTo(SlotLimit.PATIENCE);
    limit.ranOut(9);
    assertThat(limit.limit()).isEqualTo(4);
    assertThat(stepsToGrow(limit)).isEqualTo(2 * SlotLimit.PATIENCE);
    for (int i = 0; i < 100; i++) limit.ranOut(1);
    assertThat(limit.limit()).isEqualTo(1);
    assertThat(stepsToGrow(limit)).isEqualTo(4_096);
  }

  private static int stepsToGrow(SlotLimit limit) {
    int before = limit.limit();
    int steps = 0;
    while (limit.limit() == before) {
      limit.wentWell(before - 1);
      limit.wentWell(before);
      steps++;
    }
    return steps;
  }

  @Test
  void failsOneThatDoesNotFitAloneAndGivesTheOthersAllSlotsBack() {
    submit("greedy", NORMAL, Map.of("fault", "out of memory"));
    submit(40, 1);
    settle();
    assertThat(ends.get("greedy").reason()).isEqualTo("OUT_OF_MEMORY");
    ends.remove("greedy");
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
    assertThat(figures().slotLimit()).isEqualTo(16);
  }

  @Test
  void runsARequestOfManySlotsAloneWhenFewerAreAllowed() {
    model.memory = 4;
    submit(8, 1);
    submit("big", NORMAL, Map.of("slots", 4));
    settle();
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
    assertThat(model.batches).contains(List.of("big"));
  }

  @Test
  void looksForTheBadOneWithinTheMemoryThereIs() {
    model.memory = 3;
    submit(15, 1);
    submit("bad", NORMAL, Map.of("fault", "poison"));
    settle();
    assertThat(ends.get("bad").reason()).isEqualTo("POISON");
    ends.remove("bad");
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
  }
}
