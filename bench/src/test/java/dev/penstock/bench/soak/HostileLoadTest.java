package dev.penstock.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A soak's hostile load says where the broker put each of its records, and the account of outcomes finds what became of each;
/// one without an outcome, or with two, is told.
class HostileLoadTest {

  @TempDir private Path folder;

  @Test
  void everyHostileRecordIsAccountedFor() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        EmbeddedRegistry embedded = start(kafka)) {
      SchemaRegistry registry = new HttpSchemaRegistry(embedded.url());
      List<Position> records = new ArrayList<>(loaded(kafka.clients(), registry));
      OutcomeAccount account = new OutcomeAccount(kafka.clients(), registry, Duration.ofSeconds(60));
      OutcomeAccount impatient = new OutcomeAccount(kafka.clients(), registry, Duration.ofMillis(500));
      Set<Position> all = Set.copyOf(records);

      end(kafka.clients(), registry, records.subList(1, records.size()), Outcome.REJECTED);
      assertThatThrownBy(() -> impatient.of(all)).hasMessageMatching("\\d+ of " + all.size() + " records have an outcome");

      end(kafka.clients(), registry, records.subList(0, 1), Outcome.DEAD_LETTERED);
      assertThat(account.of(all)).isEqualTo(Map.of(Outcome.REJECTED, all.size() - 1, Outcome.DEAD_LETTERED, 1));

      end(kafka.clients(), registry, records.subList(0, 1), Outcome.REJECTED);
      assertThatThrownBy(() -> account.of(all)).hasMessage(records.getFirst() + " ended twice");
    }
  }

  private static EmbeddedRegistry start(EmbeddedKafka kafka) throws Exception {
    kafka.clients().createTopics(Topic.DEFAULT_PARTITIONS, (short) 1);
    return EmbeddedRegistry.start(kafka.clients(), Port.free());
  }

  /// Two of each kind at least.
  private static Set<Position> loaded(KafkaClients clients, SchemaRegistry registry) throws Exception {
    try (HostileLoad load = new HostileLoad(clients, registry, "trial", 200, 7, () -> "good");
        KafkaConsumer<byte[], byte[]> reader = clients.consumer(Map.of())) {
      Awaitility.await().until(() -> written(reader) >= 36);
      Set<Position> sent = load.stop();
      assertThat(sent).hasSize((int) written(reader));
      return sent;
    }
  }

  private static long written(KafkaConsumer<byte[], byte[]> reader) {
    List<TopicPartition> partitions = IntStream.range(0, Topic.DEFAULT_PARTITIONS)
        .mapToObj(partition -> new TopicPartition(Topic.PROMPTS.topicName(), partition)).toList();
    return reader.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  private static void end(KafkaClients clients, SchemaRegistry registry, List<Position> records, Outcome how) throws Exception {
    AvroSerializer<PromptOutcome> serializer = new AvroSerializer<>(registry, Topic.OUTCOMES);
    try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
      for (Position record : records) {
        PromptOutcome outcome = PromptOutcome.newBuilder().setOutcome(how)
            .setSource(new SourcePosition(Topic.PROMPTS.topicName(), record.partition(), record.offset()))
            .setRequestedAt(Instant.EPOCH).setEndedAt(Instant.EPOCH).build();
        producer.send(new ProducerRecord<>(Topic.OUTCOMES.topicName(), record.partition(), null, serializer.serialize(outcome)))
            .get(10, TimeUnit.SECONDS);
      }
    }
  }
}
