package dev.penstock.producer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.cli.Penstock;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands against a broker, a registry and a stand-in for the generator: answers on standard output, what is
/// about them on standard error, mistakes in one sentence with exit code 1, wrong options with 2.
class CommandsTest {

  private static final int PARTITIONS = 3;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static EmbeddedRegistry registry;
  private static EchoService service;

  private record Run(int exitCode, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    kafka.clients().createTopics(PARTITIONS, (short) 1);
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());
    service = new EchoService(kafka.clients(), new HttpSchemaRegistry(registry.url()));
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    registry.close();
    kafka.close();
  }

  @Test
  void sendPrintsTheIdAndGetTheContent() {
    Run sent = penstock("send", "tea for two");
    Run got = penstock("get", sent.out().strip());

    assertThat(sent.exitCode()).isZero();
    assertThat(got.out()).isEqualTo("echo: tea for two\n");
    assertThat(got.err()).contains("COMPLETED after 0.82 s", "variant 0, seed 7, 9 + 12 tokens");
    assertThat(got.exitCode()).isZero();
  }

  @Test
  void sendWaitsForAllVariantsAlsoUnderAnOrderKey() {
    Run run = penstock("send", "tea", "--variants", "2", "--order-key", "customer 9", "--wait");

    assertThat(run.out()).isEqualTo("echo: tea\necho: tea\n");
    assertThat(run.err()).startsWith("prompt ");
  }

  /// The first execution was given up after two letters: they stay on the screen, and the text begins anew.
  @Test
  void textIsShownWhileItIsWrittenAndNeverMixed() {
    Run run = penstock("send", "tea", "--stream");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isIn("ec\necho: tea\n", "echo: tea\n");
    assertThat(run.err()).contains("COMPLETED");
    assertThat(penstock("send", "tea", "--stream", "--variants", "2").err()).contains("--stream prints one text");
  }

  @Test
  void aPictureGoesToAFile() {
    Path file = folder.resolve("sneaker.png");

    Run run = penstock("send", "a sneaker", "--modality", "image", "--variants", "2", "--out", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("saved " + file + " (image/png, 15 bytes)");
    assertThat(file).hasBinaryContent(EchoService.picture("a sneaker"));
    assertThat(folder.resolve("sneaker-1.png")).exists();
  }

  @Test
  void aRejectedPromptIsToldWithItsReason() {
    Run run = penstock("send", "nonsense", "--wait");

    assertThat(run.exitCode()).isOne();
    assertThat(run.err()).contains("REJECTED after 0.82 s: INVALID_PARAMETER: temperature is 9; allowed are 0 to 2");
  }

  @Test
  void nobodyWaitsForEver() {
    Run sent = penstock("send", "silence", "--wait", "--timeout", "300ms");
    Run got = penstock("get", "never-sent", "--timeout", "300ms");

    assertThat(sent.exitCode()).isOne();
    assertThat(sent.err()).contains("has not ended after 0 s; ask again with: penstock get");
    assertThat(got.exitCode()).isOne();
    assertThat(got.err()).contains("no outcome of prompt never-sent is on penstock.outcomes.v1");
  }

  @Test
  void whatIsTakenBackIsSaid() {
    assertThat(penstock("cancel", "p-1")).isEqualTo(new Run(0, "", "taken back: p-1\n"));
    assertThat(penstock("cancel", "p-1", "p-2", "--order-key", "customer 9", "--reason", "too late"))
        .isEqualTo(new Run(0, "", "taken back: 2 prompts\n"));
    assertThat(penstock("cancel").exitCode()).isEqualTo(2);
  }

  @Test
  void mistakesAreOneSentence() {
    assertThat(penstock("send", "tea", "--seed", "x"))
        .isEqualTo(new Run(1, "", "penstock: seed is 'x', allowed is a whole number of 64 bits\n"));
    assertThat(penstock("send", "tea", "--timeout", "5").exitCode()).isEqualTo(2);
    assertThat(penstock("send", "tea", "--set", "kafka.bootstrap.servers=127.0.0.1:1"))
        .isEqualTo(
            new Run(
                1,
                "",
                "penstock: no Kafka answers at 127.0.0.1:1; start one with penstock demo, or name yours with --set kafka.bootstrap.servers=HOST:PORT\n"));
    assertThat(penstock("send", "tea", "--set", "schema.registry.url=http://127.0.0.1:1").err())
        .startsWith("penstock: schema registry http://127.0.0.1:1 does not answer")
        .hasLineCount(1);
    assertThat(penstock("campaign", "x.csv", "--rate", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void aCampaignWithAMistakeIsNotSent() throws Exception {
    long before = promptsOnTopic();
    Path file = Files.writeString(folder.resolve("bad.csv"), "text,seed\ntea,1\ntea,x\n");

    Run run = penstock("campaign", file.toString());

    assertThat(run.exitCode()).isOne();
    assertThat(run.err())
        .isEqualTo(
            """
            %1$s line 3: seed is 'x', allowed is a whole number of 64 bits
            penstock: 1 of 2 rows of %1$s are wrong, nothing was sent; mend them, or send the others with --skip-bad
            """
                .formatted(file));
    assertThat(promptsOnTopic()).isEqualTo(before);
  }

  @Test
  void aCampaignCountsItsAnswersAndNamesThoseThatFailed() throws Exception {
    long before = promptsOnTopic();
    Path file = Files.writeString(folder.resolve("c.csv"), "text,seed\ntea,1\nnonsense,2\ntea,x\ncoffee,4\n");

    Run run = penstock("campaign", file.toString(), "--skip-bad", "--campaign", "spring", "--rate", "100");

    assertThat(run.err())
        .contains("[########################] sent 3/3, answered 3, failed 1\n")
        .contains("line 3, prompt ")
        .contains("REJECTED INVALID_PARAMETER: temperature is 9; allowed are 0 to 2");
    assertThat(run.exitCode()).isOne();
    assertThat(promptsOnTopic()).isEqualTo(before + 3);
  }

  @Test
  void aTemplateMakesTheTextsOfACampaign() throws Exception {
    Path file = Files.writeString(folder.resolve("products.csv"), "promptId,product\nkettle-1,kettle\n");

    Run run = penstock("campaign", file.toString(), "--text", "A slogan for a {product}.");

    assertThat(run.exitCode()).isZero();
    assertThat(penstock("get", "kettle-1").out()).isEqualTo("echo: A slogan for a kettle.\n");
  }

  @Test
  void aDryRunAndACampaignWithoutAnswersDoNotWait() throws Exception {
    long before = promptsOnTopic();
    Path file = Files.writeString(folder.resolve("silent.jsonl"), "{\"text\": \"silence\"}\n");

    assertThat(penstock("campaign", file.toString(), "--dry-run").err())
        .isEqualTo("1 rows are good, nothing was sent\n");
    assertThat(promptsOnTopic()).isEqualTo(before);

    Run run = penstock("campaign", file.toString(), "--no-wait");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).endsWith("[########################] sent 1/1\n");
    assertThat(promptsOnTopic()).isEqualTo(before + 1);
  }

  @Test
  void watchShowsContentAndOutcomesWithoutControlCharacters() {
    penstock("send", "red \u001b[31malert\nnow", "--id", "watched", "--campaign", "watched", "--wait");

    Run contents = penstock("watch", "--since", "2h", "--campaign", "watched", "--limit", "1");
    Run both = penstock("watch", "--since", "2h", "--limit", "2");

    assertThat(contents.out())
        .matches("\\d\\d:\\d\\d:\\d\\d  content  watched  tiny-copywriter \"echo: red \\[31malert now\"\n");
    assertThat(both.out().lines()).hasSize(2);
  }

  @Test
  void theStartUpCacheIsMadeWithoutACluster() {
    CommandLine line = Penstock.commandLine();

    assertThat(line.execute("start-up-cache")).isZero();
    assertThat(line.getUsageMessage()).contains("send").doesNotContain("start-up-cache");
  }

  private static long promptsOnTopic() {
    try (var consumer = kafka.clients().consumer(Map.of())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(Topic.PROMPTS.topicName(), p)).toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static Run penstock(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--set", "kafka.bootstrap.servers=" + kafka.bootstrapServers()));
    all.addAll(1, List.of("--set", "schema.registry.url=" + registry.url()));
    CommandLine line = Penstock.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = line.execute(all.toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }
}
