package dev.penstock.producer.answers;

import java.time.Instant;

/// A record and where it was read.
///
/// @param timestamp the record's own
public record Received<T>(String topic, int partition, long offset, Instant timestamp, T value) {}
