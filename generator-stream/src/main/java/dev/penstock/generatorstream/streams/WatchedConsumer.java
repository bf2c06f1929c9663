package dev.penstock.generatorstream.streams;

import dev.penstock.generatorstream.telemetry.Telemetry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Tells when the group has given this consumer's partitions to others without asking: it was away for too long. Notes
/// when it last read.
final class WatchedConsumer extends KafkaConsumer<byte[], byte[]> {

  private final Telemetry telemetry;
  private final LastRead lastRead;

  WatchedConsumer(Map<String, Object> settings, Telemetry telemetry, LastRead lastRead) {
    super(settings, new ByteArrayDeserializer(), new BoundedValues());
    this.telemetry = telemetry;
    this.lastRead = lastRead;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = BoundedHeaders.of(super.poll(timeout));
    lastRead.isNow();
    return records;
  }

  /// As Kafka Streams subscribes.
  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new Watched(listener, telemetry));
  }

  private record Watched(ConsumerRebalanceListener listener, Telemetry telemetry) implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      listener.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      listener.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      telemetry.lost(partitions.size());
      listener.onPartitionsLost(partitions);
    }
  }
}
