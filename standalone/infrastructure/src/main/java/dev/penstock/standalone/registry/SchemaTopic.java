package dev.penstock.standalone.registry;

import dev.penstock.runtime.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// The topic that holds the registry: one partition, compacted, written by this process alone. Not thread-safe.
final class SchemaTopic implements AutoCloseable {

  static final String NAME = "_schemas";

  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaClients clients;
  private final KafkaProducer<byte[], byte[]> producer;

  /// Creates the topic if it is missing.
  SchemaTopic(KafkaClients clients) throws IOException {
    this.clients = clients;
    createIfMissing();
    this.producer = clients.producer(Map.of("client.id", "schema-registry", "linger.ms", "0"));
  }

  private void createIfMissing() throws IOException {
    try (Admin admin = clients.admin()) {
      if (await(admin.listTopics().names().toCompletionStage().toCompletableFuture()).contains(NAME)) return;
      NewTopic topic = new NewTopic(NAME, 1, (short) -1).configs(Map.of("cleanup.policy", "compact"));
      await(admin.createTopics(List.of(topic)).all().toCompletionStage().toCompletableFuture());
    }
  }

  /// Hands over everything that is in the topic now, in order.
  void readAll(Consumer<RegistryRecord> reader) throws IOException {
    try (var consumer = clients.consumer(Map.of("client.id", "schema-registry"))) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
      while (consumer.position(PARTITION) < end)
        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(POLL)) {
          RegistryRecord record = polled.key() == null ? null : RecordFormat.read(polled.key(), polled.value());
          if (record != null) reader.accept(record);
        }
    }
  }

  /// Returns when the record is on disk as safely as the broker keeps anything.
  void append(RecordFormat.Bytes record) throws IOException {
    await(producer.send(new ProducerRecord<>(NAME, 0, record.key(), record.value())));
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("the schema topic " + NAME + " cannot be used: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while using the schema topic " + NAME, e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
