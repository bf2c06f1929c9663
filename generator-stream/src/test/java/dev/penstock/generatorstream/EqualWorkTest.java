package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.StreamUnderTest.prompt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.GenerationException;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.Priority;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Equal work, which only prompts with a seed of their own can be, is done once; every prompt has its own content and
/// outcome, and nobody suffers from what happens to another.
final class EqualWorkTest {

  private final StreamUnderTest stream = new StreamUnderTest(100, 8);

  @AfterEach
  void close() {
    stream.close();
  }

  private static PromptRequested.Builder equal(String id) {
    return prompt(id).setSeed(7L);
  }

  private List<PromptOutcome> ended() {
    stream.harvest();
    return stream.outcomes();
  }

  @Test
  void promptsThatWaitForTheSameWorkGetTheirOwnContentOfOneRun() {
    for (String id : List.of("a", "b", "c")) stream.send(equal(id));
    assertThat(stream.engine.open).hasSize(1);

    stream.engine.open.getFirst().answer("Boots that never quit");
    stream.harvest();

    assertThat(stream.outcomes()).hasSize(3).allMatch(o -> o.getOutcome() == Outcome.COMPLETED);
    List<ContentGenerated> contents = stream.contents();
    assertThat(contents).extracting(ContentGenerated::getPromptId).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(contents).extracting(c -> new String(c.getBody().array(), UTF_8)).containsOnly("Boots that never quit");
    assertThat(contents).extracting(ContentGenerated::getExecutionId).as("one run").containsOnly(contents.getFirst().getExecutionId());
    assertThat(stream.shared.saved()).extracting("joined", "cached", "outputTokens", "steps").containsExactly(2L, 0L, 10L, 10L);
    assertThat(stream.inboxEntries()).isZero();
  }

  @Test
  void whatWasMadeOfLateIsNotMadeAgain() {
    stream.send(equal("a"));
    stream.engine.open.getFirst().answer("Boots that never quit");
    stream.harvest();
    stream.send(equal("b"));
    assertThat(stream.engine.open).isEmpty();
    List<PromptOutcome> outcomes = new ArrayList<>();
    await().until(() -> outcomes.addAll(ended()) || outcomes.size() == 2);
    await().until(() -> stream.shared.saved().cached() == 1);
    await()
        .until(
            () -> {
              outcomes.addAll(ended());
              return outcomes.size() == 2;
            });
    assertThat(stream.contents()).extracting(c -> new String(c.getBody().array(), UTF_8)).containsOnly("Boots that never quit").hasSize(2);
  }

  @Test
  void otherWorkIsNotEqual() {
    stream.send(equal("a"));
    stream.send(equal("tenant").setTenant("umbrella"));
    stream.send(equal("seed").setSeed(8L));
    stream.send(equal("text").setText("a slogan for a shoe"));
    stream.send(equal("parameters").setParameters(Map.of("temperature", "1.0")));
    stream.send(equal("candidates").setCandidates(2));
    stream.send(prompt("no seed"));
    stream.send(prompt("no seed either"));
    assertThat(stream.engine.open).hasSize(8);
  }

  @Test
  void nobodyWaitsForWorkThatIsLessUrgentOrMayEndLater() {
    stream.send(equal("a").setPriority(Priority.BULK));
    stream.send(equal("urgent").setPriority(Priority.URGENT));
    assertThat(stream.engine.open).hasSize(2);
    stream.send(equal("b").setText("x").setTtlMs(60_000L));
    stream.send(equal("earlier").setText("x").setTtlMs(30_000L));
    stream.send(equal("later").setText("x").setTtlMs(90_000L));
    assertThat(stream.engine.open).as("the last one waits for the first").hasSize(4);
  }

  @Test
  void aFailureIsNobodyElses() {
    for (String id : List.of("a", "b", "c")) stream.send(equal(id));
    stream.engine.open.getFirst().fail(new GenerationException.Broken("POISON", "it broke", null));
    assertThat(ended()).extracting("promptId", "outcome").containsExactly(org.assertj.core.groups.Tuple.tuple("a", Outcome.DEAD_LETTERED));
    assertThat(stream.engine.open).as("the next one runs for both").hasSize(1);
    stream.engine.open.getFirst().answer("x");
    assertThat(ended()).extracting("promptId").containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void whoIsTakenBackLeavesTheWorkToThoseWhoWait() {
    for (String id : List.of("a", "b", "c")) stream.send(equal(id));
    var run = stream.engine.open.getFirst();
    stream.cancel("a");
    stream.cancel("b");
    assertThat(run.cancelled).as("c waits for it").isFalse();
    run.answer("x");
    assertThat(ended()).extracting("promptId", "outcome")
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("a", Outcome.CANCELLED),
            org.assertj.core.groups.Tuple.tuple("b", Outcome.CANCELLED),
            org.assertj.core.groups.Tuple.tuple("c", Outcome.COMPLETED));

    stream.send(equal("d").setText("y"));
    stream.send(equal("e").setText("y"));
    var other = stream.engine.open.getFirst();
    stream.cancel("d");
    stream.cancel("e");
    assertThat(other.cancelled).as("nobody waits for it").isTrue();
  }
}
