package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.BrokerUnderTest.PATIENCE;
import static dev.penstock.generatorstream.BrokerUnderTest.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real broker, with a stop half-way: cancellations, deadlines and ids that come twice leave every prompt record
/// one outcome and every id one content, and what was remembered outlives the process.
final class EventsOnABrokerTest {

  @TempDir Path folder;

  private static Map<Outcome, Long> count(List<PromptOutcome> outcomes) {
    return outcomes.stream().collect(Collectors.groupingBy(PromptOutcome::getOutcome, Collectors.counting()));
  }

  private static long sources(List<PromptOutcome> outcomes) {
    return outcomes.stream().map(PromptOutcome::getSource).distinct().count();
  }

  @Test
  void cancellationsDeadlinesAndDuplicatesHoldOverAStop() throws Exception {
    try (BrokerUnderTest broker = new BrokerUnderTest(folder)) {
      try (EchoEngine mute = new EchoEngine(true);
          GeneratorStreamService service = broker.start(mute, Map.of("inbox.window", "2"))) {
        for (int i = 0; i < 60; i++) broker.send(prompt("p" + i).setTtlMs(i < 50 ? null : 2_000L));
        await().atMost(PATIENCE).until(() -> service.inboxEntries() >= 50);
        // What runs, what waits, what has not come.
        for (int i = 0; i < 20; i++) broker.cancel("p" + i);
        for (int i = 0; i < 5; i++) broker.cancel("later" + i);
        await().atMost(PATIENCE).until(() -> count(broker.outcomes()).getOrDefault(Outcome.CANCELLED, 0L) == 20);
      }
      Map<Outcome, Long> before = count(broker.outcomes());
      assertThat(before).containsEntry(Outcome.CANCELLED, 20L).doesNotContainKey(Outcome.COMPLETED);

      try (EchoEngine engine = new EchoEngine(false);
          GeneratorStreamService service = broker.start(engine, Map.of())) {
        for (int i = 0; i < 10; i++) broker.send(prompt("later" + i));
        await().atMost(PATIENCE).until(() -> sources(broker.outcomes()) >= 70);
        for (int i = 0; i < 50; i++) broker.send(prompt("p" + i));
        await().atMost(PATIENCE).until(() -> sources(broker.outcomes()) >= 120);
        assertThat(service.inboxEntries()).isZero();
      }
      List<PromptOutcome> outcomes = broker.outcomes();
      assertThat(outcomes).as("one for each record").hasSize(120);
      assertThat(count(outcomes))
          .containsEntry(Outcome.CANCELLED, 25L)
          .containsEntry(Outcome.DUPLICATE_OF, 50L)
          .satisfies(all -> assertThat(all.get(Outcome.COMPLETED) + all.getOrDefault(Outcome.EXPIRED, 0L)).isEqualTo(45));
      List<String> made = broker.contents().stream().map(c -> c.getPromptId()).toList();
      assertThat(made).doesNotHaveDuplicates();
      assertThat(made).contains(Stream.of(20, 49).map(i -> "p" + i).toArray(String[]::new)).doesNotContain("p0", "later0");
    }
  }

  @Test
  void latePromptsExpireWithoutReachingTheEngineWhileOthersRun() throws Exception {
    try (BrokerUnderTest broker = new BrokerUnderTest(folder);
        EchoEngine mute = new EchoEngine(true);
        GeneratorStreamService service = broker.start(mute, Map.of("inbox.window", "1"))) {
      for (int i = 0; i < 40; i++) broker.send(prompt("p" + i));
      await().atMost(PATIENCE).until(() -> service.inboxEntries() == 40);
      int running = mute.submitted.get();
      for (int i = 0; i < 20; i++) broker.send(prompt("late" + i).setTtlMs(1_500L));
      await().atMost(PATIENCE).until(() -> broker.outcomes().size() >= 20);
      assertThat(broker.outcomes()).hasSize(20).allMatch(o -> o.getOutcome() == Outcome.EXPIRED);
      assertThat(mute.submitted.get()).as("the window was full").isEqualTo(running);
      for (int i = 0; i < 40; i++) broker.cancel("p" + i);
      await().atMost(Duration.ofSeconds(60)).until(() -> service.inboxEntries() == 0);
    }
  }
}
