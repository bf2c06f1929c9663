package dev.penstock.sink.arrival;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Where a record lies on Kafka.
///
/// @param timestamp the record's, to the millisecond
public record RecordPosition(String topic, int partition, long offset, Instant timestamp) {

  static RecordPosition of(ConsumerRecord<?, ?> record) {
    return new RecordPosition(
        record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
  }

  /// As people write it: `topic-partition@offset`.
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
