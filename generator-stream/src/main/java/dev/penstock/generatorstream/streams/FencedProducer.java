package dev.penstock.generatorstream.streams;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Puts an offset into every transaction. The broker checks the group's generation only where offsets are
/// committed, so a transaction of harvested results alone would pass even from an instance that was frozen and
/// replaced long ago; with the fence it is refused.
final class FencedProducer extends KafkaProducer<byte[], byte[]> {

  private final TopicPartition fence;

  /// @param fence an existing partition that nobody of the group consumes
  FencedProducer(Map<String, Object> settings, TopicPartition fence) {
    super(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.fence = fence;
  }

  @Override
  public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    super.sendOffsetsToTransaction(
        offsets.isEmpty() ? Map.of(fence, new OffsetAndMetadata(0)) : offsets, group);
  }
}
