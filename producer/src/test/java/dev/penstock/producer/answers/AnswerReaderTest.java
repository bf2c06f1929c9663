package dev.penstock.producer.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.producer.InMemoryRegistry;
import dev.penstock.producer.SentPrompt;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What became of a prompt can be read by whoever sent it and by whoever knows its id: committed records only, the
/// newest answer, never the one of another prompt.
class AnswerReaderTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static final InMemoryRegistry REGISTRY = new InMemoryRegistry();
  private static Answers answers;
  private final List<String> unreadable = new ArrayList<>();

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    kafka.clients().createTopics(3, (short) 1);
    answers = new Answers(kafka.clients(), REGISTRY);
  }

  @AfterAll
  static void stopKafka() throws Exception {
    answers.close();
    kafka.close();
  }

  @Test
  void givesOutcomeAndContentOfAPromptThatEndedBefore() {
    String id = Ids.newPromptId();
    ContentGenerated second = Answers.content(id, 1, "second");
    ContentGenerated first = Answers.content(id, 0, "first");
    answers.commit(second, first, Answers.outcome(id, Outcome.COMPLETED, second, first));
    String other = Ids.newPromptId();
    answers.commit(Answers.content(other, 0, "other"), Answers.outcome(other, Outcome.COMPLETED));

    try (AnswerReader reader = reader(AnswerReader.since(id))) {
      Answer answer = reader.await(id, LONG).orElseThrow();

      assertThat(answer.outcome().getOutcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(answer.contents()).containsExactly(first, second);
    }
  }

  @Test
  void waitsForAnAnswerThatComesLater() {
    String id = Ids.newPromptId();
    try (AnswerReader reader = reader(new ReadFrom.End())) {
      assertThat(reader.await(id, SHORT)).isEmpty();

      answers.commit(Answers.outcome(id, Outcome.EXPIRED));

      assertThat(reader.await(id, LONG).orElseThrow().outcome().getOutcome()).isEqualTo(Outcome.EXPIRED);
    }
  }

  @Test
  void theSenderGetsTheOutcomeOfItsOwnRecordAlsoWhenItIsADuplicate() {
    String id = Ids.newPromptId();
    PromptOutcome original = Answers.outcome(id, Outcome.COMPLETED, 4);
    PromptOutcome repeated = Answers.outcome(id, Outcome.DUPLICATE_OF, 9);
    answers.commit(original, repeated);

    try (AnswerReader reader = reader(new ReadFrom.Beginning())) {
      SentPrompt sent = new SentPrompt(id, Topic.PROMPTS.topicName(), 0, 9, 0);
      assertThat(reader.await(sent, LONG).orElseThrow().outcome()).isEqualTo(repeated);
    }
    try (AnswerReader reader = reader(new ReadFrom.Beginning())) {
      assertThat(reader.await(id, LONG).orElseThrow().outcome()).isEqualTo(original);
    }
  }

  @Test
  void theAnswerOfAReplayReplacesTheDeadLetter() {
    String id = Ids.newPromptId();
    ContentGenerated content = Answers.content(id, 0, "at last");
    answers.commit(Answers.outcome(id, Outcome.DEAD_LETTERED));
    answers.commit(content, Answers.outcome(id, Outcome.COMPLETED, content));

    try (AnswerReader reader = reader(AnswerReader.since(id))) {
      assertThat(reader.await(id, LONG).orElseThrow().contents()).containsExactly(content);
    }
  }

  @Test
  void whatWasNeverCommittedIsNotSeen() {
    String id = Ids.newPromptId();
    answers.abort(Answers.outcome(id, Outcome.COMPLETED));

    try (AnswerReader reader = reader(AnswerReader.since(id))) {
      assertThat(reader.await(id, SHORT)).isEmpty();
    }
  }

  @Test
  void aStrangersRecordIsToldAndPassedOver() {
    String id = Ids.newPromptId();
    answers.writeRaw(Topic.OUTCOMES, "no record of ours".getBytes(UTF_8));
    answers.commit(Answers.outcome(id, Outcome.CANCELLED));

    try (AnswerReader reader = reader(new ReadFrom.Beginning())) {
      assertThat(reader.await(id, LONG).orElseThrow().outcome().getOutcome()).isEqualTo(Outcome.CANCELLED);
    }
    assertThat(unreadable)
        .singleElement()
        .asString()
        .startsWith("record penstock.outcomes.v1-")
        .contains("cannot be read: the value begins with byte 0x6e");
  }

  @Test
  void aUuid7TellsWhereToBeginAndOtherIdsDoNot() {
    String id = "01928f3e-7c00-7000-8000-000000000000";

    assertThat(AnswerReader.since(id))
        .isEqualTo(new ReadFrom.Since(Instant.ofEpochMilli(0x01928f3e7c00L).minus(Duration.ofHours(1))));
    assertThat(AnswerReader.since("order 12")).isEqualTo(new ReadFrom.Beginning());
    assertThat(AnswerReader.since("919108f7-52d1-4320-9bac-f847db4148a8")).isEqualTo(new ReadFrom.Beginning());
  }

  @Test
  void aBodyIsFetchedFromWhereItLiesAndChecked(@TempDir Path objects) throws IOException {
    ObjectStore store = ObjectStore.open(objects.toUri());
    ContentBodies bodies = new ContentBodies(store);
    ContentGenerated inline = Answers.content("p", 0, "here");
    ContentGenerated stored =
        ContentGenerated.newBuilder(Answers.content("p", 1, "there"))
            .setBody(null)
            .setBodyUri(store.put("default", "there".getBytes(UTF_8)).toString())
            .build();
    ContentGenerated forged = ContentGenerated.newBuilder(inline).setBodySha256("00").build();

    assertThat(bodies.of(inline)).asString(UTF_8).isEqualTo("here");
    assertThat(bodies.of(stored)).asString(UTF_8).isEqualTo("there");
    assertThatThrownBy(() -> bodies.of(forged)).hasMessageContaining("does not have the SHA-256 its record names");
  }

  private AnswerReader reader(ReadFrom from) {
    return new AnswerReader(kafka.clients(), REGISTRY, from, e -> unreadable.add(e.getMessage()));
  }
}
