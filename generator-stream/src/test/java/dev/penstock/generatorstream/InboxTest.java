package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.StreamUnderTest.prompt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.Priority;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What was admitted stays in the inbox until it ended, and ends in exactly one outcome.
final class InboxTest {

  private StreamUnderTest stream = new StreamUnderTest();

  @AfterEach
  void close() {
    stream.close();
  }

  private List<String> running() {
    return stream.engine.open.stream().map(s -> s.request.id()).toList();
  }

  private static String content(String prompt) {
    return Ids.contentId(prompt, 0);
  }

  @Test
  void aFinishedPromptLeavesContentAndOneOutcome() {
    stream.send(prompt("p").setSeed(7L).setCampaign("spring"));
    assertThat(stream.inboxEntries()).isOne();

    stream.engine.open.getFirst().answer("Boots that never quit");
    stream.harvest();

    ContentGenerated content = stream.contents().getFirst();
    assertThat(content.getContentId()).isEqualTo(content("p"));
    assertThat(new String(content.getBody().array(), UTF_8)).isEqualTo("Boots that never quit");
    assertThat(content.getSeed()).isEqualTo(7);
    assertThat(content.getCampaign()).isEqualTo("spring");
    assertThat(content.getModel().getDigest()).isEqualTo("d1");
    assertThat(content.getParameters()).containsEntry("temperature", "0.4").containsEntry("maxTokens", "64");
    PromptOutcome outcome = stream.outcome();
    assertThat(outcome.getOutcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(outcome.getContentIds()).containsExactly(content("p"));
    assertThat(outcome.getModel()).isEqualTo("echo@1.0.0");
    assertThat(stream.inboxEntries()).isZero();
  }

  @Test
  void recordsThatLeaveCarryTheKeyTheTraceAndCloudEventsHeaders() {
    stream.send(prompt("p"));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    var record = stream.records(Topic.CONTENT).getFirst();
    assertThat(record.key()).isEqualTo("p".getBytes(UTF_8));
    assertThat(record.headers().lastHeader("ce_id").value()).isEqualTo(content("p").getBytes(UTF_8));
    assertThat(record.headers().lastHeader("content-type").value()).isEqualTo("application/avro".getBytes(UTF_8));
    assertThat(record.headers().lastHeader("traceparent")).isNotNull();
  }

  @Test
  void withoutASeedThePromptIdGivesIt() {
    stream.send(prompt("p"));
    assertThat(stream.engine.open.getFirst().request.seed()).isEqualTo(Ids.seedOf("p"));
  }

  @Test
  void thePromptEndsWithItsLastVariant() {
    stream.send(prompt("p").setVariants(2));
    var variants = List.copyOf(stream.engine.open);
    assertThat(variants).extracting(s -> s.request.variant()).containsExactly(0, 1);

    variants.get(1).answer("second");
    stream.harvest();
    assertThat(stream.contents()).hasSize(1);
    assertThat(stream.outcomes()).isEmpty();
    assertThat(stream.inboxEntries()).as("prompt and mark").isEqualTo(2);

    variants.get(0).answer("first");
    stream.harvest();
    assertThat(stream.outcome().getContentIds()).containsExactly(Ids.contentId("p", 0), Ids.contentId("p", 1));
    assertThat(stream.inboxEntries()).isZero();
  }

  @Test
  void aPromptWithSomeVariantsIsPartial() {
    stream.send(prompt("p").setVariants(2));
    var variants = List.copyOf(stream.engine.open);
    variants.get(0).answer("first");
    variants.get(1).fail(new GenerationException.Broken("POISON", "it broke", new IllegalStateException("deep")));
    stream.harvest();
    PromptOutcome outcome = stream.outcome();
    assertThat(outcome.getOutcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(outcome.getFailures()).singleElement().extracting("variant", "reason").containsExactly(1, "POISON");
    assertThat(stream.deadLetters()).isEmpty();
  }

  @Test
  void aPromptThatFailsAloneIsDeadLetteredAsItCame() {
    stream.send(prompt("p"));
    byte[] sent = stream.framed(prompt("p"));
    stream.engine.open.getFirst()
        .fail(new GenerationException.Broken("POISON", "it broke", new IllegalStateException("deep")));
    stream.harvest();
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.DEAD_LETTERED);
    var letter = stream.deadLetters().getFirst();
    assertThat(letter.getValue().array()).isEqualTo(sent);
    assertThat(letter.getCauses()).hasSize(2).last().asString().contains("deep");
    assertThat(stream.inboxEntries()).isZero();
  }

  /// Charges for crashes of the process are kept by this name.
  @Test
  void aReplayIsAnotherRequestToTheEngineThanWhatItRepeats() {
    stream.send(prompt("p").setReplayOf("penstock.prompts.v1-0@7"));
    assertThat(running()).containsExactly(content("p") + "/replay-0@0");
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    assertThat(stream.contents()).singleElement().extracting("contentId").isEqualTo(content("p"));
  }

  @Test
  void whatTheModelRefusesIsRejected() {
    stream.send(prompt("p"));
    stream.engine.open.getFirst().fail(new GenerationException.Rejected("CONTEXT_OVERFLOW", "too long"));
    stream.harvest();
    assertThat(stream.outcome()).extracting("outcome", "reason").containsExactly(Outcome.REJECTED, "CONTEXT_OVERFLOW");
  }

  @Test
  void theEngineGetsAWindowAndTheRestWaits() {
    for (String id : List.of("a", "b", "c")) stream.send(prompt(id));
    assertThat(running()).containsExactly(content("a"), content("b"));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    assertThat(running()).containsExactly(content("b"), content("c"));
  }

  @Test
  void anUrgentPromptBehindAFullWindowStartsAtOnce() {
    for (String id : List.of("a", "b", "c")) stream.send(prompt(id).setPriority(Priority.BULK));
    stream.send(prompt("now").setPriority(Priority.URGENT));
    assertThat(running()).last().isEqualTo(content("now"));
  }

  @Test
  void anEarlierDeadlineGoesFirst() {
    for (String id : List.of("a", "b")) stream.send(prompt(id));
    stream.send(prompt("relaxed").setTtlMs(60_000L));
    stream.send(prompt("hasty").setTtlMs(5_000L));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    assertThat(running()).containsExactly(content("b"), content("hasty"));
  }

  @Test
  void aWaitingPromptExpiresWithoutReachingTheEngine() {
    for (String id : List.of("a", "b")) stream.send(prompt(id));
    stream.send(prompt("late").setTtlMs(1_000L));
    stream.pass(Duration.ofMillis(1_500));
    assertThat(stream.outcome()).extracting("outcome", "promptId").containsExactly(Outcome.EXPIRED, "late");
    assertThat(running()).containsExactly(content("a"), content("b"));
    assertThat(stream.inboxEntries()).isEqualTo(2);
  }

  @Test
  void promptsWithTheSameOrderKeyRunOneAfterAnother() {
    stream.send(prompt("a").setOrderKey("k"));
    stream.send(prompt("b").setOrderKey("k"));
    stream.send(prompt("free"));
    assertThat(running()).containsExactly(content("a"), content("free"));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    assertThat(running()).containsExactly(content("free"), content("b"));
  }

  @Test
  void beyondItsBoundTheInboxRejects() {
    stream.close();
    stream = new StreamUnderTest(2, 2);
    for (String id : List.of("a", "b", "c")) stream.send(prompt(id));
    assertThat(stream.outcome()).extracting("promptId", "reason").containsExactly("c", "INBOX_FULL");
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    stream.send(prompt("d"));
    assertThat(running()).contains(content("d"));
  }

  @Test
  void aLargeBodyGoesToTheObjectStore() throws Exception {
    stream.send(prompt("p"));
    stream.engine.open.getFirst().answer("x".repeat(70_000));
    stream.harvest();
    ContentGenerated content = stream.contents().getFirst();
    assertThat(content.getBody()).isNull();
    assertThat(content.getBodySize()).isEqualTo(70_000);
    assertThat(java.nio.file.Path.of(java.net.URI.create(content.getBodyUri()))).hasSize(70_000);
    assertThat(content.getBodyUri()).endsWith(content.getBodySha256());
  }

  @Test
  void anIdleInboxDoesNotPunctuate() {
    stream.send(prompt("p"));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    stream.harvest();
    assertThat(stream.outcomes()).hasSize(1);
    stream.pass(Duration.ofMinutes(1));
    stream.send(prompt("q"));
    stream.engine.open.getFirst().answer("y");
    stream.harvest();
    assertThat(stream.outcome().getPromptId()).isEqualTo("q");
  }
}
