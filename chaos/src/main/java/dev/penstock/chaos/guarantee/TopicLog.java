package dev.penstock.chaos.guarantee;

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

  /// All records that are committed by now and that earlier calls did not return.
  List<ConsumerRecord<byte[], byte[]>> readOn() {
    return readTo(committed.endOffsets(partitions));
  }

  /// The same, and everything else that lies there by now and is committed: waits for the end of transactions that are
  /// open here. That a transaction is committed is written to one partition after the other, so it may show elsewhere
  /// before it does here; while a leader is elected that lasts seconds.
  List<ConsumerRecord<byte[], byte[]>> readPastOpen() {
    return readTo(uncommitted.endOffsets(partitions));
  }

  private List<ConsumerRecord<byte[], byte[]>> readTo(Map<TopicPartition, Long> ends) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (partitions.stream().anyMatch(p -> committed.position(p) < ends.get(p)))
      committed.poll(POLL).forEach(records::add);
    return records;
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
