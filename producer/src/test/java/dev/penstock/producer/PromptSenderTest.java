package dev.penstock.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A prompt that was sent lies on the prompts topic once: framed Avro, under the key and in the partition of the
/// contract, with CloudEvents headers and a trace.
class PromptSenderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");
  private static final int PARTITIONS = 6;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private final InMemoryRegistry registry = new InMemoryRegistry();

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    kafka.clients().createTopics(PARTITIONS, (short) 1);
  }

  @AfterAll
  static void stopKafka() throws Exception {
    kafka.close();
  }

  @Test
  void aPromptHasKeyPartitionValueAndHeadersOfTheContract() {
    PromptRequested prompt = prompt("a slogan for tea").build();
    Traceparent trace = Traceparent.newTrace();

    SentPrompt sent;
    try (PromptSender sender = new PromptSender(kafka.clients(), registry, InstantSource.fixed(NOW))) {
      sent = sender.send(prompt, trace).join();
    }

    ConsumerRecord<byte[], byte[]> found = read(sent);
    assertThat(found.key()).isEqualTo(prompt.getPromptId().getBytes(UTF_8));
    assertThat(found.partition()).isEqualTo(PromptKey.partition(found.key(), PARTITIONS));
    assertThat(found.timestamp()).isEqualTo(sent.timestampMillis());
    assertThat(new AvroDeserializer<PromptRequested>(registry, Topic.PROMPTS).deserialize(found.value()))
        .isEqualTo(prompt);
    assertThat(headers(found))
        .isEqualTo(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", prompt.getPromptId(),
                "ce_source", "/penstock/producer",
                "ce_type", "dev.penstock.prompt.requested.v1",
                "ce_time", "2026-11-22T10:15:30.123Z",
                "content-type", "application/avro",
                "traceparent", trace.header()));
  }

  @Test
  void promptsWithOneOrderKeyShareItsPartitionWhateverPartitionerIsSet() {
    Map<String, Object> settings = new HashMap<>(kafka.clients().common());
    settings.put("partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner");
    Set<Integer> partitions = new HashSet<>();

    try (PromptSender sender = new PromptSender(new KafkaClients(settings), registry)) {
      for (int i = 0; i < 8; i++) {
        SentPrompt sent = sender.send(prompt("tea").set(PromptField.ORDER_KEY, "customer 9").build()).join();
        assertThat(read(sent).key()).isEqualTo("customer 9".getBytes(UTF_8));
        partitions.add(sent.partition());
      }
    }

    assertThat(partitions).containsExactly(PromptKey.partition("customer 9".getBytes(UTF_8), PARTITIONS));
  }

  @Test
  void morePromptsThanMayBeInFlightAllArrive() {
    List<CompletableFuture<SentPrompt>> sent = new ArrayList<>();
    try (PromptSender sender = new PromptSender(kafka.clients(), registry)) {
      for (int i = 0; i < PromptSender.MAX_IN_FLIGHT * 2 + 1; i++) sent.add(sender.send(prompt("tea " + i).build()));
      sender.flush();
      assertThat(sent).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    assertThat(sent.stream().map(done -> done.join().partition() + "@" + done.join().offset())).doesNotHaveDuplicates();
  }

  @Test
  void aPromptThatBreaksARuleIsNotSent() {
    PromptRequested broken = PromptRequested.newBuilder().setText("tea").build();

    try (PromptSender sender = new PromptSender(kafka.clients(), registry)) {
      assertThatThrownBy(() -> sender.send(broken))
          .isInstanceOf(InvalidPromptException.class)
          .hasMessageContaining("promptId is not set");
    }
  }

  @Test
  void aClusterThatIsNotThereIsReportedWithinTheTimeThatIsSet() {
    KafkaClients nobody = new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "200"));

    try (PromptSender sender = new PromptSender(nobody, registry)) {
      assertThatThrownBy(() -> sender.send(prompt("tea").build())).isInstanceOf(TimeoutException.class);
    }
  }

  private static PromptDraft prompt(String text) {
    return new PromptDraft().set(PromptField.TEXT, text);
  }

  private static ConsumerRecord<byte[], byte[]> read(SentPrompt sent) {
    TopicPartition partition = new TopicPartition(sent.topic(), sent.partition());
    try (var consumer = kafka.clients().consumer(Map.of("max.poll.records", "1"))) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, sent.offset());
      return consumer.poll(Duration.ofSeconds(20)).records(partition).getFirst();
    }
  }

  private static Map<String, String> headers(ConsumerRecord<?, ?> found) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : found.headers()) headers.put(header.key(), new String(header.value(), UTF_8));
    return headers;
  }
}
