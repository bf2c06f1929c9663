/// The contract of the system: generated Avro records, the topic catalogue, ids and Confluent framing.
/// May use kafka-clients and nothing else of Kafka.
@org.jspecify.annotations.NullMarked
package dev.penstock.schemas;
