package dev.penstock.producer;

/// A prompt, or its cancellation, that the broker has acknowledged.
///
/// @param topic where it lies
/// @param timestampMillis the broker's time of the record; `ttlMs` counts from it
public record SentPrompt(String promptId, String topic, int partition, long offset, long timestampMillis) {}
