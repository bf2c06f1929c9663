package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.BrokerUnderTest.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.engine.schedule.Pace;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.Priority;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the topic to the steps of a model with one slot, on a real broker with the real engine: work that is late or
/// unwanted takes no further step, and what is urgent goes first.
final class DeadlinesOnABrokerTest {

  /// Of a model whose steps take 50 ms.
  private static final int LONG = 200;

  @TempDir Path folder;
  private final SteppedGenerator generator = new SteppedGenerator(Duration.ofMillis(50));
  private BrokerUnderTest broker;
  private StepEngine engine;
  private GeneratorStreamService service;

  @BeforeEach
  void start() throws Exception {
    broker = new BrokerUnderTest(folder);
    engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system());
    engine.add("d1", generator);
    service = broker.start(engine, Map.of());
    await().atMost(PATIENCE).until(service::isReady);
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    engine.close();
    broker.close();
  }

  private static PromptRequested.Builder prompt(String id, int steps) {
    return PromptRequested.newBuilder()
        .setPromptId(id)
        .setText(id)
        .setParameters(Map.of("maxTokens", Integer.toString(steps)));
  }

  private PromptOutcome outcome(String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> broker.outcomes().stream().filter(o -> id.equals(o.getPromptId())).findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private int cost(String id) {
    return generator.costs.getOrDefault(id, 0);
  }

  @Test
  void whatRunsTooLongOrIsTakenBackStopsAtTheNextStepAndTheNextOneRuns() {
    broker.send(prompt("late", LONG).setTtlMs(4_000L));
    await().atMost(PATIENCE).until(() -> cost("late") > 0);
    broker.send(prompt("unwanted", LONG));
    broker.send(prompt("wanted", 3));

    assertThat(outcome("late").getOutcome()).isEqualTo(Outcome.EXPIRED);
    await().atMost(PATIENCE).until(() -> cost("unwanted") > 2);
    broker.cancel("unwanted");

    assertThat(outcome("unwanted").getOutcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(outcome("wanted").getOutcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(cost("late")).isLessThan(LONG / 2);
    assertThat(cost("unwanted")).as("the slot was given up long before its end").isLessThan(LONG);
    assertThat(cost("wanted")).isEqualTo(3);
  }

  @Test
  void aDeadlineThatMeasuredStepsCannotMeetCostsNoStep() {
    // As many as the engine wants to have seen, each of 0.9 s.
    for (int i = 0; i < Pace.ENOUGH; i++) broker.send(prompt("measured" + i, 18));
    for (int i = 0; i < Pace.ENOUGH; i++)
      assertThat(outcome("measured" + i).getOutcome()).isEqualTo(Outcome.COMPLETED);

    for (int i = 0; i < 5; i++) broker.send(prompt("hopeless" + i, LONG).setTtlMs(850L));

    List<PromptOutcome> hopeless = IntStream.range(0, 5).mapToObj(i -> outcome("hopeless" + i)).toList();
    assertThat(hopeless).as("a slow machine may be too late to refuse some").anyMatch(o -> "DEADLINE_UNREACHABLE".equals(o.getReason()));
    assertThat(hopeless).extracting("outcome").isSubsetOf(Outcome.REJECTED, Outcome.EXPIRED);
    for (int i = 0; i < 5; i++) assertThat(cost("hopeless" + i)).isZero();
  }

  @Test
  void anUrgentPromptGoesBeforeThoseThatWait() {
    for (int i = 0; i < 30; i++) broker.send(prompt("bulk" + i, 10).setPriority(Priority.BULK));
    await().atMost(PATIENCE).until(() -> cost("bulk0") + cost("bulk1") + cost("bulk2") > 0);
    broker.send(prompt("urgent", 3).setPriority(Priority.URGENT));
    assertThat(outcome("urgent").getOutcome()).isEqualTo(Outcome.COMPLETED);
    List<PromptOutcome> before = broker.outcomes();
    assertThat(before.size()).as("most of the bulk still waits").isLessThan(20);
  }
}
