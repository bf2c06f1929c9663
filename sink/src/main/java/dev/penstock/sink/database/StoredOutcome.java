package dev.penstock.sink.database;

import dev.penstock.schemas.PromptOutcome;
import dev.penstock.sink.arrival.RecordPosition;

/// An outcome as it is kept.
///
/// @param position where the outcome's record lies on Kafka
public record StoredOutcome(PromptOutcome outcome, RecordPosition position) {}
