package dev.penstock.producer.answers;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.List;

/// Follows the chunks of text that is being written, all partitions, without a consumer group. What they amount to says
/// a [StreamedTexts]. One thread at a time may use it.
public final class ChunkReader implements AutoCloseable {

  private final TopicReader<ContentChunk> reader;

  /// What is written after the constructor returned is seen.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in 10 s or lacks the topic
  public ChunkReader(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    this.reader = new TopicReader<>(clients, registry, Topic.CHUNKS, from);
  }

  /// What was written since the last call; empty if nothing was for as long as `timeout`.
  ///
  /// @throws UnreadableRecordException once for each record that is not a [ContentChunk]
  public List<Received<ContentChunk>> poll(Duration timeout) {
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
