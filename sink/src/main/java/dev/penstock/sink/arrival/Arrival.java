package dev.penstock.sink.arrival;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One record of a topic that the sink keeps, and what it says.
public sealed interface Arrival permits ContentArrival, OutcomeArrival, UnreadableArrival {

  /// The record as it came, byte for byte.
  ConsumerRecord<byte[], byte[]> record();

  default RecordPosition position() {
    return RecordPosition.of(record());
  }
}
