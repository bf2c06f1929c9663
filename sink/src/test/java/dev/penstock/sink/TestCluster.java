package dev.penstock.sink;

import static org.awaitility.Awaitility.await;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A real broker and registry, and a generator that commits content with its outcome in one transaction, as the
/// topology does.
final class TestCluster implements AutoCloseable {

  private static final List<String> TOPICS = List.of(Topic.CONTENT.topicName(), Topic.OUTCOMES.topicName());

  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerializer<ContentGenerated> contents;
  private final AvroSerializer<PromptOutcome> outcomes;
  private long prompts;

  TestCluster(Path folder) throws IOException {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());
    producer = kafka.clients().producer(Map.of("transactional.id", "generator"));
    producer.initTransactions();
    HttpSchemaRegistry schemas = new HttpSchemaRegistry(registry.url());
    contents = new AvroSerializer<>(schemas, Topic.CONTENT);
    outcomes = new AvroSerializer<>(schemas, Topic.OUTCOMES);
  }

  KafkaClients clients() {
    return kafka.clients();
  }

  String registryUrl() {
    return registry.url();
  }

  /// Empty topics, deleted and created anew if they were there.
  void createTopics() throws ExecutionException, InterruptedException {
    deleteTopics();
    clients().createTopics(Topic.DEFAULT_PARTITIONS, (short) 1);
  }

  /// Returns when the broker, which hears of it after the controller, does not know them any more.
  void deleteTopics() throws ExecutionException, InterruptedException {
    try (var admin = clients().admin()) {
      Set<String> existing = admin.listTopics().names().get();
      admin.deleteTopics(TOPICS.stream().filter(existing::contains).toList()).all().get();
      await().atMost(Duration.ofMinutes(2)).until(() -> Collections.disjoint(admin.listTopics().names().get(), TOPICS));
    }
  }

  /// Prompts `name0`, `name1`, ... end with a text each, in one transaction.
  void commit(String name, int count) {
    producer.beginTransaction();
    for (int i = 0; i < count; i++) send(name + i);
    producer.commitTransaction();
  }

  /// The same, but the transaction is aborted.
  void abort(String name, int count) {
    producer.beginTransaction();
    for (int i = 0; i < count; i++) send(name + i);
    producer.flush();
    producer.abortTransaction();
  }

  private void send(String promptId) {
    byte[] key = promptId.getBytes(StandardCharsets.UTF_8);
    ContentGenerated content = Samples.text(promptId, "words of " + promptId).build();
    PromptOutcome outcome = Samples.outcome(promptId, prompts++).build();
    producer.send(new ProducerRecord<>(Topic.CONTENT.topicName(), key, contents.serialize(content)));
    producer.send(new ProducerRecord<>(Topic.OUTCOMES.topicName(), key, outcomes.serialize(outcome)));
  }

  /// The end of each partition.
  Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (var admin = clients().admin()) {
      Map<TopicPartition, OffsetSpec> all = new HashMap<>();
      for (String topic : TOPICS)
        for (int partition = 0; partition < Topic.DEFAULT_PARTITIONS; partition++)
          all.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      admin.listOffsets(all).all().get().forEach((partition, info) -> ends.put(partition, info.offset()));
    }
    return ends;
  }

  @Override
  public void close() throws IOException {
    producer.close();
    registry.close();
    kafka.close();
  }
}
