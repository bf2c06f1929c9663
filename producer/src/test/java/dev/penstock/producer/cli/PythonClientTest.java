package dev.penstock.producer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.producer.cli.PythonClient.Result;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.CompatibilityLevel;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Confluent's Python client, with schemas fetched from our registry, writes prompts that we can read in the partition
/// we expect, and reads the answers we write.
class PythonClientTest {

  private static final int PARTITIONS = 6;

  @TempDir static Path folder;
  private static PythonClient python;
  private static EmbeddedKafka kafka;
  private static EmbeddedRegistry registry;
  private static EchoService service;

  @BeforeAll
  static void start() throws Exception {
    python = PythonClient.prepare(Path.of("target"));
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    kafka.clients().createTopics(PARTITIONS, (short) 1);
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());
    for (Topic topic : Topic.values())
      registry.register(topic.subject(), topic.valueSchema(), CompatibilityLevel.FULL_TRANSITIVE);
    service = new EchoService(kafka.clients(), new HttpSchemaRegistry(registry.url()));
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) service.close();
    if (registry != null) registry.close();
    if (kafka != null) kafka.close();
  }

  @Test
  void sendsAPromptAndReadsItsContent() throws Exception {
    Result result = prompt("tea for Zoë", "--model", "tiny-copywriter", "--seed", "7");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("echo: tea for Zoë\n");
    PromptRequested prompt = promptNamed("tea for Zoë");
    assertThat(prompt.getModel()).isEqualTo("tiny-copywriter");
    assertThat(prompt.getSeed()).isEqualTo(7);
    assertThat(prompt.getVariants()).isOne();
  }

  @Test
  void isToldWhyAPromptWasRejected() throws Exception {
    Result result = prompt("nonsense");

    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).isEqualTo("REJECTED INVALID_PARAMETER: temperature is 9; allowed are 0 to 2\n");
  }

  @Test
  void takesBackWhatHasNoAnswerInTime() throws Exception {
    Result result = prompt("silence", "--timeout", "1");

    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).contains("has no answer after 2 s");
    String id = promptNamed("silence").getPromptId();
    AvroDeserializer<CancellationRequested> cancellations =
        new AvroDeserializer<>(new HttpSchemaRegistry(registry.url()), Topic.CANCELLATIONS);
    assertThat(records(Topic.CANCELLATIONS))
        .anySatisfy(
            record -> {
              assertThat(record.key()).isEqualTo(id.getBytes(UTF_8));
              assertThat(record.partition()).isEqualTo(PromptKey.partition(record.key(), PARTITIONS));
              assertThat(cancellations.deserialize(record.value()).getPromptId()).isEqualTo(id);
            });
  }

  private static Result prompt(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers(), "--schema-registry", registry.url()));
    return python.prompt(all.toArray(String[]::new));
  }

  /// Also checks where it lies.
  private static PromptRequested promptNamed(String text) {
    AvroDeserializer<PromptRequested> prompts =
        new AvroDeserializer<>(new HttpSchemaRegistry(registry.url()), Topic.PROMPTS);
    for (ConsumerRecord<byte[], byte[]> found : records(Topic.PROMPTS)) {
      PromptRequested prompt = prompts.deserialize(found.value());
      if (!prompt.getText().equals(text)) continue;
      assertThat(found.key()).isEqualTo(prompt.getPromptId().getBytes(UTF_8));
      assertThat(found.partition()).isEqualTo(PromptKey.partition(found.key(), PARTITIONS));
      return prompt;
    }
    throw new AssertionError("no prompt has the text " + text);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
    try (var consumer = kafka.clients().consumer(Map.of())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic.topicName(), p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition)))
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      return records;
    }
  }
}
