package dev.penstock.producer.answers;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.List;

/// Follows the prompts of the pool of all, all partitions, without a consumer group.
/// One thread at a time may use it.
public final class PromptReader implements AutoCloseable {

  private final TopicReader<PromptRequested> reader;

  /// What is written after the constructor returned is seen.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in 10 s or lacks the topic
  public PromptReader(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    this.reader = new TopicReader<>(clients, registry, Topic.PROMPTS, from);
  }

  /// What was written since the last call; empty if nothing was for as long as `timeout`.
  ///
  /// @throws UnreadableRecordException once for each record that is not a [PromptRequested]
  public List<Received<PromptRequested>> poll(Duration timeout) {
    return reader.poll(timeout);
  }

  /// Whether everything has been read that was written when this was called.
  public boolean isAtEnd() {
    return reader.isAtEnd();
  }

  @Override
  public void close() {
    reader.close();
  }
}
