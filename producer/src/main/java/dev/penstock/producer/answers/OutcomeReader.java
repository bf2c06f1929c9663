package dev.penstock.producer.answers;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.List;

/// Follows outcomes of prompts as it is committed, all partitions, without a consumer group. One thread at a time may use
/// it.
public final class OutcomeReader implements AutoCloseable {

  private final TopicReader<PromptOutcome> reader;

  /// What is written after the constructor returned is seen.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in 10 s or lacks the topic
  public OutcomeReader(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    this.reader = new TopicReader<>(clients, registry, Topic.OUTCOMES, from);
  }

  /// What was committed since the last call; empty if nothing was for as long as `timeout`.
  ///
  /// @throws UnreadableRecordException once for each record that is not a [PromptOutcome]
  public List<Received<PromptOutcome>> poll(Duration timeout) {
    return reader.poll(timeout);
  }

  /// Whether everything has been read that was committed when this was called.
  public boolean isAtEnd() {
    return reader.isAtEnd();
  }

  @Override
  public void close() {
    reader.close();
  }
}
