package dev.penstock.producer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.runtime.cli.Penstock;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.RecordHeader;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands against a broker and a registry: what is listed, what is shown, and that a replay sends each prompt as
/// it came, with `replayOf`, and nothing that ended since or is under way. Each test has a tenant of its own.
class DeadLettersTest {

  private static final int PARTITIONS = 3;
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static EmbeddedRegistry registryServer;
  private static SchemaRegistry registry;
  private static KafkaProducer<byte[], byte[]> producer;
  private static long nextOffset = 1_000;

  private record Run(int exitCode, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    kafka.clients().createTopics(PARTITIONS, (short) 1);
    registryServer = EmbeddedRegistry.start(kafka.clients(), Port.free());
    registry = new HttpSchemaRegistry(registryServer.url());
    producer = kafka.clients().producer(Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    producer.close();
    registryServer.close();
    kafka.close();
  }

  /// Files a dead letter with its outcome, as an instance does.
  private DeadLetter file(String tenant, String id, String reason, Instant failedAt) {
    var prompt = PromptRequested.newBuilder().setPromptId(id).setTenant(tenant).setText("secret words").build();
    return file(tenant, id, reason, failedAt, new AvroSerializer<PromptRequested>(registry, Topic.PROMPTS).serialize(prompt));
  }

  private DeadLetter file(String tenant, String id, String reason, Instant failedAt, byte[] value) {
    byte[] key = id.getBytes(UTF_8);
    int partition = PromptKey.partition(key, PARTITIONS);
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setPromptId(id)
            .setTenant(tenant)
            .setSource(new SourcePosition(Topic.PROMPTS.topicName(), partition, nextOffset++))
            .setSourceTimestamp(failedAt.minusSeconds(1))
            .setKey(ByteBuffer.wrap(key))
            .setValue(ByteBuffer.wrap(value))
            .setHeaders(List.of(new RecordHeader("traceparent", ByteBuffer.wrap("trace".getBytes(UTF_8)))))
            .setReason(reason)
            .setMessage("It broke.")
            .setCauses(List.of("Broken: It broke.", "IllegalStateException: deep"))
            .setFailedAt(failedAt)
            .build();
    send(Topic.DEAD_LETTERS, partition, key, failedAt, letter);
    end(letter, letter.getSource(), Outcome.DEAD_LETTERED);
    return letter;
  }

  private static void end(DeadLetter letter, SourcePosition source, Outcome outcome) {
    PromptOutcome ended =
        PromptOutcome.newBuilder()
            .setPromptId(letter.getPromptId())
            .setTenant(letter.getTenant())
            .setOutcome(outcome)
            .setSource(source)
            .setRequestedAt(letter.getSourceTimestamp())
            .setEndedAt(letter.getFailedAt())
            .build();
    send(Topic.OUTCOMES, source.getPartition(), Replay.bytes(letter.getKey()), letter.getFailedAt(), ended);
  }

  private static <T extends SpecificRecordBase> void send(
      Topic topic, int partition, byte[] key, Instant at, T value) {
    byte[] bytes = new AvroSerializer<T>(registry, topic).serialize(value);
    producer.send(new ProducerRecord<>(topic.topicName(), partition, at.toEpochMilli(), key, bytes));
    producer.flush();
  }

  private static Run penstock(String command, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("dead-letters", command));
    all.addAll(List.of("--set", "kafka.bootstrap.servers=" + kafka.bootstrapServers()));
    all.addAll(List.of("--set", "schema.registry.url=" + registryServer.url()));
    all.addAll(List.of(options));
    CommandLine line = Penstock.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = line.execute(all.toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }

  private record Sent(ConsumerRecord<byte[], byte[]> record, PromptRequested prompt) {}

  /// What is on the prompts topic of this tenant.
  private static List<Sent> sent(String tenant) {
    AvroDeserializer<PromptRequested> deserializer = new AvroDeserializer<>(registry, Topic.PROMPTS);
    List<Sent> sent = new ArrayList<>();
    try (var consumer = kafka.clients().consumer(Map.of())) {
      List<TopicPartition> partitions =
          java.util.stream.IntStream.range(0, PARTITIONS)
              .mapToObj(p -> new TopicPartition(Topic.PROMPTS.topicName(), p))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p)))
        consumer.poll(Duration.ofMillis(100)).forEach(r -> sent.add(new Sent(r, deserializer.deserialize(r.value()))));
    }
    return sent.stream().filter(s -> s.prompt().getTenant().equals(tenant)).toList();
  }

  @Test
  void listFiltersByTimeReasonTenantAndSource() {
    DeadLetter old = file("lister", "l-1", "POISON", NOW.minus(Duration.ofHours(3)));
    file("lister", "l-2", "POISON", NOW);
    file("lister", "l-3", "INTERNAL", NOW);

    assertThat(penstock("list", "--tenant", "lister").err()).isEqualTo("3 dead letters: INTERNAL 1, POISON 2\n");
    Run run = penstock("list", "--tenant", "lister", "--since", "2h", "--reason", "POISON");
    assertThat(run.out()).hasLineCount(1).contains("l-2", "POISON", "It broke.").doesNotContain("secret");
    assertThat(penstock("list", "--tenant", "lister", "--until", NOW.minusSeconds(1).toString()).out())
        .hasLineCount(1)
        .contains("l-1");
    String source = DeadLetterFilter.position(old.getSource());
    assertThat(penstock("list", "--source", source).out()).hasLineCount(1).contains("l-1", source);
    assertThat(penstock("list", "--tenant", "lister", "--limit", "1").out()).hasLineCount(1);
    assertThat(penstock("list", "--since", "yesterday").exitCode()).isEqualTo(2);
  }

  @Test
  void listAsJsonHasOneObjectALine() throws Exception {
    file("json", "j-1", "POISON", NOW);

    JsonNode letter = new ObjectMapper().readTree(penstock("list", "--tenant", "json", "--json").out());

    assertThat(letter.get("promptId").asText()).isEqualTo("j-1");
    assertThat(letter.get("failedAt").asText()).isEqualTo(NOW.toString());
    assertThat(letter.get("causes")).hasSize(2);
    assertThat(letter.has("value")).isFalse();
  }

  @Test
  void showTellsEverythingAndWritesTheValueByteForByte() {
    DeadLetter letter = file("shower", "s-1", "NOT_FRAMED", NOW, "no prompt".getBytes(UTF_8));
    Path value = folder.resolve("value.bin");

    Run run = penstock("show", DeadLetterFilter.position(letter.getSource()), "--value", value.toString());

    assertThat(run.out())
        .contains("reason     NOT_FRAMED", "caused by  IllegalStateException: deep", "header     traceparent = trace")
        .contains("prompt     cannot be read: ");
    assertThat(value).hasBinaryContent("no prompt".getBytes(UTF_8));
    assertThat(penstock("show", "nobody").err()).contains("no dead letter of nobody is on penstock.dead-letters.v1");
  }

  @Test
  void replaySendsThePromptAsItCameAndOnlyOnce() {
    DeadLetter letter = file("player", "p-1", "POISON", NOW);
    assertThat(penstock("replay", "--tenant", "player", "--dry-run").out())
        .contains("p-1  sent again", "0 sent again (dry run: 1 would be)");
    assertThat(sent("player")).isEmpty();

    assertThat(penstock("replay", "--tenant", "player").out()).isEqualTo("1 sent again\n");

    Sent sent = sent("player").getFirst();
    assertThat(sent.prompt().getPromptId()).isEqualTo("p-1");
    assertThat(sent.prompt().getReplayOf()).isEqualTo(DeadLetterFilter.position(letter.getSource()));
    assertThat(sent.prompt().getText()).isEqualTo("secret words");
    assertThat(sent.record().key()).isEqualTo("p-1".getBytes(UTF_8));
    assertThat(sent.record().partition()).isEqualTo(PromptKey.partition(sent.record().key(), PARTITIONS));
    assertThat(sent.record().headers().lastHeader("traceparent").value()).isEqualTo("trace".getBytes(UTF_8));
    assertThat(penstock("replay", "--tenant", "player").out())
        .isEqualTo("0 sent again\n1 left out: under way already\n");

    end(letter, new SourcePosition(sent.record().topic(), sent.record().partition(), sent.record().offset()), Outcome.COMPLETED);
    assertThat(penstock("replay", "--tenant", "player").out())
        .isEqualTo("0 sent again\n1 left out: ended again since\n");
    assertThat(sent("player")).hasSize(1);
  }

  @Test
  void ofAPromptThatFailedAgainTheLastLetterIsSent() {
    file("again", "a-1", "POISON", NOW);
    DeadLetter second = file("again", "a-1", "POISON", NOW);

    assertThat(penstock("replay", "--tenant", "again").out()).contains("1 sent again", "1 left out: ended again since");
    assertThat(sent("again")).singleElement().satisfies(
        s -> assertThat(s.prompt().getReplayOf()).isEqualTo(DeadLetterFilter.position(second.getSource())));
  }

  @Test
  void whatStillCannotBeReadIsLeftOut() {
    file("unreadable", "u-1", "NOT_FRAMED", NOW, "no prompt".getBytes(UTF_8));

    assertThat(penstock("replay", "--tenant", "unreadable").out())
        .isEqualTo("0 sent again\n1 left out: still cannot be read\n");
  }

  @Test
  void replayKeepsARateAndGivesANewDeadline() {
    for (int i = 0; i < 20; i++) file("slow", "r-" + i, "POISON", NOW);
    long start = System.nanoTime();

    Run run = penstock("replay", "--tenant", "slow", "--rate", "40", "--ttl", "10m");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(19 * 25));
    assertThat(run.out()).isEqualTo("20 sent again\n");
    assertThat(sent("slow")).hasSize(20).allMatch(s -> s.prompt().getTtlMs() == 600_000);
  }

  @Test
  void replayAsJsonCountsEachVerdict() throws Exception {
    file("counted", "c-1", "POISON", NOW);

    String[] lines = penstock("replay", "--tenant", "counted", "--json").out().split("\n");

    assertThat(new ObjectMapper().readTree(lines[0]).get("verdict").asText()).isEqualTo("REPLAY");
    assertThat(new ObjectMapper().readTree(lines[1]).get("sent").asInt()).isOne();
  }

  @Test
  void nothingIsReplayedUnlessItWasChosen() {
    assertThat(penstock("replay").exitCode()).isEqualTo(2);
    assertThat(penstock("replay").err()).contains("choose letters, for example with --reason");
  }
}
