package dev.penstock.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptField;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.SentPrompt;
import dev.penstock.producer.answers.Answer;
import dev.penstock.producer.answers.AnswerReader;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.recount.Recount;
import dev.penstock.standalone.recount.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole process: a prompt goes in and its content comes out, everything is there again after a restart in the same
/// folder, and the recount of the topics finds what is right and what is forged.
class StandaloneTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void generatesAndKeepsEverythingAcrossARestart() throws Exception {
    SentPrompt first;
    try (DataFolder data = DataFolder.at(folder);
        Standalone standalone = standalone(data)) {
      Standalone.Running running = standalone.start();
      first = send(running);
      assertThat(answer(running, first).outcome().getOutcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(printed.toString(UTF_8))
          .containsPattern("kafka 127\\.0\\.0\\.1:\\d+ ready in ")
          .containsPattern("schema registry http://127\\.0\\.0\\.1:\\d+ ready in ")
          .containsPattern("postgresql 127\\.0\\.0\\.1:\\d+ ready in ")
          .contains("sink, console http://", "model tiny-copywriter@", "generator-stream ready in ");
    }

    try (DataFolder data = DataFolder.at(folder);
        Standalone standalone = standalone(data)) {
      Standalone.Running running = standalone.start();
      SentPrompt second = send(running);
      assertThat(answer(running, second).contents()).hasSize(1);
      assertThat(answer(running, first).outcome().getOutcome()).isEqualTo(Outcome.COMPLETED);

      Report report = recount(running);
      assertThat(report.faults()).isEmpty();
      assertThat(report.isSettled()).isTrue();
      assertThat(report.summary())
          .isEqualTo("2 prompt records, 2 outcomes (2 COMPLETED), 2 contents, 0 in flight, 0 faults");

      forgeASecondOutcome(running, answer(running, second).outcome());
      assertThat(recount(running).faults()).singleElement().asString().contains("has two outcomes");
    }
  }

  @Test
  void closesWhatHasStartedWhenAPartCannotStart() throws Exception {
    try (DataFolder data = DataFolder.at(folder)) {
      Settings missing = settings(Map.of("models", "no-such-model"));
      try (Standalone standalone = new Standalone(missing, data, out())) {
        assertThatThrownBy(standalone::start).isInstanceOf(UserError.class).hasMessageContaining("no-such-model");
      }
      assertThat(printed.toString(UTF_8)).contains("kafka 127.0.0.1:");
      ProcessHandle.current()
          .children()
          .forEach(child -> assertThat(child.info().command().orElse("")).doesNotEndWith("postgres"));
    }
  }

  private Standalone standalone(DataFolder data) {
    return new Standalone(settings(Map.of("models", "tiny-copywriter")), data, out());
  }

  private static Settings settings(Map<String, String> values) {
    Settings set = Settings.load(StandaloneKeys.all(), null, Map.of(), values);
    return Layers.around(set, Map.of(), Layers.freePorts());
  }

  private PrintStream out() {
    return new PrintStream(printed, true, UTF_8);
  }

  private static SchemaRegistry registry(Standalone.Running running) {
    return new HttpSchemaRegistry(running.settings().get(SharedKeys.SCHEMA_REGISTRY).toString());
  }

  private static SentPrompt send(Standalone.Running running) {
    try (PromptSender sender = new PromptSender(running.clients(), registry(running))) {
      return sender
          .send(new PromptDraft().set(PromptField.TEXT, "A slogan for a bicycle.").set(PromptField.SEED, "1").build())
          .join();
    }
  }

  private static Answer answer(Standalone.Running running, SentPrompt sent) {
    try (AnswerReader answers =
        new AnswerReader(
            running.clients(),
            registry(running),
            new ReadFrom.Beginning(),
            e -> {
              throw e;
            })) {
      return answers.await(sent, PATIENCE).orElseThrow();
    }
  }

  private static Report recount(Standalone.Running running) {
    ObjectStore store = ObjectStore.open(running.settings().get(SharedKeys.OBJECT_STORE));
    return new Recount(running.clients(), registry(running), store).run();
  }

  private static void forgeASecondOutcome(Standalone.Running running, PromptOutcome outcome) throws Exception {
    byte[] value = new AvroSerializer<PromptOutcome>(registry(running), Topic.OUTCOMES).serialize(outcome);
    byte[] key = outcome.getPromptId().getBytes(UTF_8);
    try (var producer = running.clients().producer(Map.of())) {
      int partition = outcome.getSource().getPartition();
      producer.send(new ProducerRecord<>(Topic.OUTCOMES.topicName(), partition, key, value)).get();
    }
  }
}
