package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.StreamUnderTest.prompt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// A cancellation ends a prompt that waits or runs, before or after it came, and leaves what has ended as it is; whatever
/// it races with, every prompt has one outcome.
final class CancelTest {

  private final StreamUnderTest stream = new StreamUnderTest();

  @AfterEach
  void close() {
    stream.close();
  }

  private List<String> running() {
    return stream.engine.open.stream().filter(s -> !s.cancelled).map(s -> s.request.id()).toList();
  }

  private static String content(String prompt) {
    return Ids.contentId(prompt, 0);
  }

  @Test
  void aWaitingPromptEndsWithoutReachingTheEngine() {
    for (String id : List.of("a", "b", "c")) stream.send(prompt(id));

    stream.cancel(CancellationRequested.newBuilder().setPromptId("c").setReason("the campaign was stopped"), "c");

    assertThat(stream.outcome())
        .extracting("promptId", "outcome", "reason", "message")
        .containsExactly(
            "c", Outcome.CANCELLED, "CANCELLED", "the prompt was taken back: the campaign was stopped");
    assertThat(running()).containsExactly(content("a"), content("b"));
    assertThat(stream.inboxEntries()).isEqualTo(2);
  }

  @Test
  void aRunningPromptEndsAtOnceAndGivesItsPlaceToTheNext() {
    for (String id : List.of("a", "b", "c")) stream.send(prompt(id));
    var cancelled = stream.engine.open.getFirst();

    stream.cancel("a");

    assertThat(cancelled.cancelled).as("the engine was told").isTrue();
    assertThat(stream.outcome()).extracting("promptId", "outcome").containsExactly("a", Outcome.CANCELLED);
    assertThat(running()).containsExactly(content("b"), content("c"));

    cancelled.fail(new GenerationException.Cancelled("taken back"));
    stream.harvest();
    assertThat(stream.outcomes()).as("nothing is told twice").isEmpty();
  }

  @Test
  void whatTheEngineFinishesAfterTheCancellationIsDropped() {
    stream.send(prompt("a"));
    var submitted = stream.engine.open.getFirst();
    stream.cancel("a");
    submitted.answer("too late");
    stream.harvest();
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(stream.contents()).isEmpty();
    assertThat(stream.inboxEntries()).isZero();
  }

  @Test
  void whatWasFinishedBeforeTheCancellationIsPublished() {
    stream.send(prompt("a"));
    stream.engine.open.getFirst().answer("in time");
    stream.cancel("a");
    stream.harvest();
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(stream.contents()).hasSize(1);
    stream.cancel("a");
    assertThat(stream.outcomes()).as("it has ended").isEmpty();
  }

  @Test
  void aPromptSomeOfWhoseVariantsAreMadeEndsAsPartial() {
    stream.send(prompt("p").setVariants(3));
    stream.engine.open.getFirst().answer("first");
    stream.cancel("p");
    PromptOutcome outcome = stream.outcome();
    assertThat(outcome.getOutcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(outcome.getContentIds()).containsExactly(content("p"));
    assertThat(outcome.getFailures()).extracting("variant", "reason").containsExactly(
        org.assertj.core.groups.Tuple.tuple(1, "CANCELLED"), org.assertj.core.groups.Tuple.tuple(2, "CANCELLED"));
    assertThat(stream.inboxEntries()).isZero();
  }

  @Test
  void aCancellationThatComesBeforeItsPromptIsRemembered() {
    stream.cancel("p");
    stream.pass(Duration.ofMinutes(59));
    stream.send(prompt("p"));
    assertThat(stream.outcome()).extracting("promptId", "outcome").containsExactly("p", Outcome.CANCELLED);
    assertThat(stream.engine.open).isEmpty();
    assertThat(stream.inboxEntries()).isZero();
  }

  @Test
  void butNotForEver() {
    stream.cancel("p");
    stream.pass(Duration.ofMinutes(61));
    stream.send(prompt("p"));
    assertThat(running()).containsExactly(content("p"));
  }

  @Test
  void aTenantTakesBackItsOwnPromptsOnly() {
    stream.send(prompt("a").setTenant("acme"));
    var others = CancellationRequested.newBuilder().setPromptId("a").setTenant("umbrella");
    stream.cancel(others, "a");
    assertThat(stream.outcomes()).isEmpty();
    stream.cancel(CancellationRequested.newBuilder().setPromptId("a").setTenant("acme"), "a");
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.CANCELLED);

    stream.cancel(CancellationRequested.newBuilder().setPromptId("b").setTenant("umbrella"), "b");
    stream.cancel(CancellationRequested.newBuilder().setPromptId("c").setTenant("acme"), "c");
    stream.send(prompt("b").setTenant("acme"));
    stream.send(prompt("c").setTenant("acme"));
    assertThat(running()).containsExactly(content("b"));
  }

  @Test
  void aPromptBehindAnotherWithItsOrderKeyLeavesTheOthersInOrder() {
    for (String id : List.of("a", "b", "c")) stream.send(prompt(id).setOrderKey("k"));
    stream.cancel(CancellationRequested.newBuilder().setPromptId("b"), "k");
    assertThat(stream.outcome().getPromptId()).isEqualTo("b");
    assertThat(running()).containsExactly(content("a"));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    assertThat(running()).containsExactly(content("c"));
    stream.cancel(CancellationRequested.newBuilder().setPromptId("c"), "k");
    stream.send(prompt("d").setOrderKey("k"));
    assertThat(running()).containsExactly(content("d"));
  }

  @Test
  void aCancellationNobodyCanReadIsADeadLetterWithoutAnOutcome() {
    stream.cancelBytes("p".getBytes(UTF_8), "rubbish".getBytes(UTF_8));
    stream.cancelBytes("p".getBytes(UTF_8), null);
    assertThat(stream.deadLetters()).extracting("reason").containsExactly("NOT_FRAMED", "EMPTY_VALUE");
    assertThat(stream.outcomes()).isEmpty();
  }

  /// A dead letter that is too large for its topic would stop the task for ever.
  @Test
  void ofACancellationThatIsTooLargeOnlyItsPlaceIsKept() {
    stream.cancelBytes(new byte[1 << 20], new byte[1 << 20]);
    byte[] letter = stream.records(Topic.DEAD_LETTERS).getFirst().value();
    assertThat(letter).hasSizeLessThan(1_000);
    assertThat(new String(letter, UTF_8)).contains("RECORD_TOO_LARGE");
  }

  /// Prompts, cancellations, answers, failures and deadlines in any order.
  @RepeatedTest(20)
  void everyPromptEndsOnceWhateverHappensInWhateverOrder(RepetitionInfo repetition) {
    long seed = 20261122 + repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    int prompts = 60;
    for (int sent = 0; sent < prompts; ) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          String key = random.nextInt(3) == 0 ? "k" : null;
          Long ttl = random.nextInt(3) == 0 ? 40L + random.nextInt(100) : null;
          stream.send(prompt("p" + sent++).setVariants(1 + random.nextInt(3)).setOrderKey(key).setTtlMs(ttl));
        }
        case 3, 4 -> {
          String id = "p" + random.nextInt(sent + 5);
          for (String key : List.of(id, "k")) stream.cancel(CancellationRequested.newBuilder().setPromptId(id), key);
        }
        case 5, 6 -> end(random);
        default -> stream.pass(Duration.ofMillis(random.nextInt(40)));
      }
    }
    for (stream.harvest(); !stream.engine.open.isEmpty(); stream.harvest()) end(random);

    Map<String, Integer> outcomes = new HashMap<>();
    for (PromptOutcome outcome : stream.outcomes()) outcomes.merge(outcome.getPromptId(), 1, Integer::sum);
    assertThat(outcomes).as("seed %d", seed).hasSize(prompts);
    assertThat(outcomes.values()).as("seed %d", seed).containsOnly(1);
    assertThat(stream.inboxEntries()).as("seed %d", seed).isZero();
  }

  private void end(SplittableRandom random) {
    var open = new ArrayList<>(stream.engine.open);
    if (open.isEmpty()) return;
    var one = open.get(random.nextInt(open.size()));
    switch (random.nextInt(3)) {
      case 0 -> one.answer("x");
      case 1 -> one.fail(new GenerationException.Expired("late"));
      default -> one.fail(new GenerationException.Cancelled("taken back"));
    }
  }
}
