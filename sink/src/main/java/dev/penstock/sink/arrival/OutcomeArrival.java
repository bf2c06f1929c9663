package dev.penstock.sink.arrival;

import dev.penstock.schemas.PromptOutcome;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// How a prompt record ended.
public record OutcomeArrival(ConsumerRecord<byte[], byte[]> record, PromptOutcome outcome) implements Arrival {}
