package dev.penstock.sink.database;

import org.apache.kafka.common.Uuid;

/// Where the database stands in a partition.
///
/// @param topicId Kafka's id of the topic that the offset counts in
/// @param nextOffset the first offset that is not in the tables
public record StoredOffset(Uuid topicId, long nextOffset) {}
