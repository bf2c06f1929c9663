package dev.penstock.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.Topic;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every client of ours does whatever is set, and the catalogue's topics, against a real broker.
class KafkaClientsTest {

  private static final TopicPartition PARTITION = new TopicPartition("isolation", 0);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static KafkaClients clients;

  @BeforeAll
  static void startKafka() throws IOException {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    clients = kafka.clients();
  }

  @AfterAll
  static void stopKafka() throws IOException {
    kafka.close();
  }

  @Test
  void consumersSeeCommittedRecordsOnlyWhateverIsSet() throws Exception {
    clients.createMissing(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)));
    try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of("transactional.id", "t"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record("aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record("committed")).get();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record("open")).get();

      try (var consumer = clients.consumer(Map.of("isolation.level", "read_uncommitted"))) {
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
        List<String> seen = new ArrayList<>();
        while (consumer.position(PARTITION) < end)
          consumer.poll(Duration.ofMillis(100)).forEach(polled -> seen.add(new String(polled.value(), UTF_8)));
        assertThat(seen).containsExactly("committed");
      }
      producer.abortTransaction();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>(PARTITION.topic(), 0, null, value.getBytes(UTF_8));
  }

  @Test
  void createsTheCatalogueOnceAlsoWhenSeveralServicesDoItAtOnce() throws Exception {
    try (ExecutorService services = Executors.newFixedThreadPool(4)) {
      List<Future<?>> created = new ArrayList<>();
      for (int service = 0; service < 4; service++)
        created.add(services.submit(() -> { clients.createTopics(6, (short) -1); return null; }));
      for (Future<?> creation : created) creation.get();
    }

    try (Admin admin = clients.admin()) {
      var found = admin.describeTopics(List.of(Topic.values()).stream().map(Topic::topicName).toList()).allTopicNames().get();
      assertThat(found.values()).hasSize(Topic.values().length).allSatisfy(topic -> assertThat(topic.partitions()).hasSize(6));
      ConfigResource deadLetters = new ConfigResource(ConfigResource.Type.TOPIC, Topic.DEAD_LETTERS.topicName());
      var config = admin.describeConfigs(List.of(deadLetters)).all().get().get(deadLetters);
      assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
      assertThat(config.get("max.message.bytes").value()).isEqualTo(Integer.toString(Topic.DEAD_LETTERS.maxMessageBytes()));
      assertThat(config.get("retention.ms").value()).isEqualTo(Long.toString(Topic.DEAD_LETTERS.retention().toMillis()));
    }
  }

  @Test
  void saysWhatTheBrokerAnswersWhenATopicCannotBeCreated() {
    assertThatThrownBy(() -> clients.createMissing(List.of(new NewTopic("wide", 1, (short) 3))))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InvalidReplicationFactorException.class);
  }
}
