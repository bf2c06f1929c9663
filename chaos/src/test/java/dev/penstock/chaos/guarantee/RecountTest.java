package dev.penstock.chaos.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.producer.PromptSender;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An account is right although a committed transaction does not show in all partitions at the same time. What a broker
/// that is away does to a partition for seconds is done here by a transaction that nobody ends: what is committed behind
/// it shows when the broker has aborted it.
final class RecountTest {

  private static final String GROUP = "penstock-generator-stream";
  private static final String CHANGELOG = GROUP + "-inbox-changelog";
  private static final byte[] KEY = "p".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  void whatIsCommittedBehindAnOpenTransactionIsCounted() throws Exception {
    try (Stage stage = Stage.set(folder)) {
      stage.leaveOpen(CHANGELOG);
      stage.accept();
      Account accepted = stage.recount().takeWithInbox();
      assertThat(accepted.inbox().inFlight()).containsExactly(new Account.Position("penstock.prompts.v1", 0, 0));
      assertThat(accepted.violations(new Accounted())).isEmpty();

      stage.leaveOpen(Topic.OUTCOMES.topicName());
      stage.end();
      Account ended = stage.recount().takeWithInbox();
      assertThat(ended.inbox().inFlight()).isEmpty();
      assertThat(ended.outcomes()).hasSize(1);
      assertThat(ended.violations(new Accounted())).isEmpty();
    }
  }

  /// One prompt in a cluster of one broker, and who does with it what generator-stream does.
  private record Stage(EmbeddedKafka kafka, EmbeddedRegistry embedded, SchemaRegistry registry, Recount recount)
      implements AutoCloseable {

    static Stage set(Path folder) throws Exception {
      EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
      KafkaClients clients = kafka.clients();
      clients.createTopics(1, (short) 1);
      clients.createMissing(List.of(new NewTopic(CHANGELOG, 1, (short) 1)));
      EmbeddedRegistry embedded = EmbeddedRegistry.start(clients, Port.free());
      SchemaRegistry registry = new HttpSchemaRegistry(embedded.url());
      try (PromptSender sender = new PromptSender(clients, registry)) {
        sender.send(PromptRequested.newBuilder().setPromptId("p").setText("a prompt").build()).join();
      }
      return new Stage(kafka, embedded, registry, new Recount(kafka.bootstrapServers(), embedded.url()));
    }

    private KafkaProducer<byte[], byte[]> producer(String id) {
      KafkaProducer<byte[], byte[]> producer =
          kafka.clients().producer(Map.of("transactional.id", id, "transaction.timeout.ms", "1500", "linger.ms", "0"));
      producer.initTransactions();
      return producer;
    }

    /// A transaction with one record, whose producer is gone.
    void leaveOpen(String topic) throws Exception {
      KafkaProducer<byte[], byte[]> producer = producer("gone");
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, KEY, new byte[0])).get();
      producer.close(Duration.ZERO);
    }

    /// Entry and offset in one transaction.
    void accept() {
      commit(new ProducerRecord<>(CHANGELOG, 0, entry(), new byte[1]));
    }

    /// The entry's end and the outcome in one transaction.
    void end() {
      PromptOutcome outcome =
          PromptOutcome.newBuilder()
              .setPromptId("p")
              .setOutcome(Outcome.COMPLETED)
              .setSource(new SourcePosition(Topic.PROMPTS.topicName(), 0, 0L))
              .setRequestedAt(Instant.EPOCH)
              .setEndedAt(Instant.EPOCH)
              .build();
      byte[] value = new AvroSerializer<PromptOutcome>(registry, Topic.OUTCOMES).serialize(outcome);
      commit(
          new ProducerRecord<>(CHANGELOG, 0, entry(), null),
          new ProducerRecord<>(Topic.OUTCOMES.topicName(), 0, KEY, value));
    }

    @SafeVarargs
    private void commit(ProducerRecord<byte[], byte[]>... records) {
      try (KafkaProducer<byte[], byte[]> producer = producer("works");
          KafkaConsumer<byte[], byte[]> member = kafka.clients().consumer(Map.of("group.id", GROUP))) {
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) producer.send(record);
        Map<TopicPartition, OffsetAndMetadata> accepted =
            Map.of(new TopicPartition(Topic.PROMPTS.topicName(), 0), new OffsetAndMetadata(1));
        producer.sendOffsetsToTransaction(accepted, member.groupMetadata());
        producer.commitTransaction();
      }
    }

    /// As an inbox key is laid out: topic number, partition, offset, part.
    private static byte[] entry() {
      return ByteBuffer.allocate(16).putShort((short) 0).putInt(0).putLong(0).putShort((short) 0).array();
    }

    @Override
    public void close() throws IOException {
      recount.close();
      embedded.close();
      kafka.close();
    }
  }
}
