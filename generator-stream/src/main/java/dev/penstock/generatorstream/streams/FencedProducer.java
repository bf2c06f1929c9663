package dev.penstock.generatorstream.streams;

import dev.penstock.generatorstream.telemetry.Telemetry;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Puts an offset into every transaction. The broker checks the group's generation only where offsets are
/// committed, so a transaction of harvested results alone would pass even from an instance that was frozen and
/// replaced long ago; with the fence it is refused. Tells how each transaction ended, and who was refused.
final class FencedProducer extends KafkaProducer<byte[], byte[]> {

  private final TopicPartition fence;
  private final Telemetry telemetry;

  /// @param fence an existing partition that nobody of the group consumes
  FencedProducer(Map<String, Object> settings, TopicPartition fence, Telemetry telemetry) {
    super(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.fence = fence;
    this.telemetry = telemetry;
  }

  @Override
  public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    try {
      super.sendOffsetsToTransaction(
          offsets.isEmpty() ? Map.of(fence, new OffsetAndMetadata(0)) : offsets, group);
    } catch (KafkaException e) {
      throw told(e);
    }
  }

  @Override
  public void commitTransaction() {
    try {
      super.commitTransaction();
    } catch (KafkaException e) {
      throw told(e);
    }
    telemetry.committed();
  }

  @Override
  public void abortTransaction() {
    telemetry.aborted();
    super.abortTransaction();
  }

  private KafkaException told(KafkaException e) {
    switch (e) {
      case CommitFailedException refused -> telemetry.fenced(refused);
      case ProducerFencedException refused -> telemetry.fenced(refused);
      case InvalidProducerEpochException refused -> telemetry.fenced(refused);
      default -> {}
    }
    return e;
  }
}
