/// What arrives from Kafka: [ArrivalDecoder] turns each record into one [Arrival]; a record that is not what its
/// topic promises becomes an [UnreadableArrival] instead of stopping the stream.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink.arrival;
