package dev.penstock.sink.arrival;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record that is not what its topic promises and never will be.
///
/// @param reason a stable code
/// @param message one sentence: what is wrong with it
public record UnreadableArrival(ConsumerRecord<byte[], byte[]> record, String reason, String message)
    implements Arrival {}
