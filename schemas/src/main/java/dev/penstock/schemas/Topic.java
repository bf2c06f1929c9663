package dev.penstock.schemas;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;

/// The topic catalogue: every topic that anybody outside a service may read or write. Topics are created from
/// it and the table in the documentation is generated from it.
///
/// All topics share key bytes and partition count, so that what belongs to one prompt lies in partitions of
/// the same number.
public enum Topic {
  PROMPTS(
      "penstock.prompts.v1",
      PromptRequested.getClassSchema(),
      Duration.ofDays(7),
      1 << 20,
      "Prompts in. Anybody with a Kafka client writes here."),
  CANCELLATIONS(
      "penstock.cancellations.v1",
      CancellationRequested.getClassSchema(),
      Duration.ofDays(1),
      64 << 10,
      "Prompts taken back, with the key and in the partition of the prompt. Every pool reads it."),
  CHUNKS(
      "penstock.chunks.v1",
      ContentChunk.getClassSchema(),
      Duration.ofDays(1),
      1 << 20,
      "Text while it is written, for prompts that ask for it. Not transactional; belongs to content only if its record names the execution."),
  CONTENT(
      "penstock.content.v1",
      ContentGenerated.getClassSchema(),
      Duration.ofDays(30),
      1 << 20,
      "Generated content out. Transactional: read it with isolation.level=read_committed."),
  OUTCOMES(
      "penstock.outcomes.v1",
      PromptOutcome.getClassSchema(),
      Duration.ofDays(30),
      1 << 20,
      "One terminal record for each prompt record, in the prompt's partition. Transactional: read_committed."),
  DEAD_LETTERS(
      "penstock.dead-letters.v1",
      DeadLetter.getClassSchema(),
      Duration.ofDays(30),
      4 << 20,
      "Prompts that could not be read or generated, byte for byte. Transactional: read_committed.");

  /// Never changed in place: keys would move to other partitions.
  public static final int DEFAULT_PARTITIONS = 6;

  private final String topicName;
  private final Schema valueSchema;
  private final Duration retention;
  private final int maxMessageBytes;
  private final String purpose;

  Topic(String topicName, Schema valueSchema, Duration retention, int maxMessageBytes, String purpose) {
    this.topicName = topicName;
    this.valueSchema = valueSchema;
    this.retention = retention;
    this.maxMessageBytes = maxMessageBytes;
    this.purpose = purpose;
  }

  public String topicName() {
    return topicName;
  }

  /// The registry subject of the record value.
  public String subject() {
    return topicName + "-value";
  }

  public Schema valueSchema() {
    return valueSchema;
  }

  public Duration retention() {
    return retention;
  }

  /// The largest record batch the topic takes, in bytes.
  public int maxMessageBytes() {
    return maxMessageBytes;
  }

  public String purpose() {
    return purpose;
  }

  /// This topic as the admin client creates it.
  ///
  /// @param replicationFactor -1 takes the broker's default
  public NewTopic toNewTopic(int partitions, short replicationFactor) {
    return new NewTopic(topicName, partitions, replicationFactor)
        .configs(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(retention.toMillis()),
                "max.message.bytes", Integer.toString(maxMessageBytes)));
  }
}
