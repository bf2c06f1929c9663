package dev.penstock.systemtests.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Everything that was committed to one topic, from its beginning.
final class TopicLog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> committed;
  private final KafkaConsumer<byte[], byte[]> uncommitted;
  private final List<TopicPartition> partitions;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  TopicLog(String bootstrapServers, String topic) {
    committed = consumer(bootstrapServers, "read_committed");
    uncommitted = consumer(bootstrapServers, "read_uncommitted");
    partitions =
        committed.partitionsFor(topic).stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
    committed.assign(partitions);
    committed.seekToBeginning(partitions);
    uncommitted.assign(partitions);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "isolation.level", isolation,
            "enable.auto.commit", "false",
            "allow.auto.create.topics", "false"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /// All records that are committed by now; those of earlier calls among them.
  List<ConsumerRecord<byte[], byte[]>> readToEnd() {
    Map<TopicPartition, Long> ends = committed.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> committed.position(p) < ends.get(p)))
      committed.poll(POLL).forEach(records::add);
    return List.copyOf(records);
  }

  /// Whether a transaction is open that could still add something.
  boolean hidesSomething() {
    Map<TopicPartition, Long> visible = committed.endOffsets(partitions);
    return !uncommitted.endOffsets(partitions).equals(visible);
  }

  @Override
  public void close() {
    committed.close();
    uncommitted.close();
  }
}
