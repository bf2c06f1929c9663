package dev.penstock.sink.database;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// What one batch read of one partition: the offsets `from` (inclusive) to `to` (exclusive). Some of them may
/// hold no record that a reader sees.
public record OffsetMove(TopicPartition partition, Uuid topicId, long from, long to) {}
