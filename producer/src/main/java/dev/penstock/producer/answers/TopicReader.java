package dev.penstock.producer.answers;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.FramingException;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Follows all partitions of one topic of the catalogue, without a group. Sees committed records only
/// (`isolation.level=read_committed`, which is not Java's default). One thread at a time may use it.
public final class TopicReader<T extends SpecificRecordBase> implements AutoCloseable {

  private static final String PATIENCE_SETTING = "default.api.timeout.ms";

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroDeserializer<T> deserializer;
  private final Duration patience;
  private final List<TopicPartition> partitions;
  private final Queue<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  /// Follows chunks of text that is being written.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in time or lacks the topic
  public static TopicReader<ContentChunk> ofChunks(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    return new TopicReader<>(clients, registry, Topic.CHUNKS, from);
  }

  /// Follows generated content.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in time or lacks the topic
  public static TopicReader<ContentGenerated> ofContent(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    return new TopicReader<>(clients, registry, Topic.CONTENT, from);
  }

  /// Follows outcomes of prompts.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in time or lacks the topic
  public static TopicReader<PromptOutcome> ofOutcomes(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    return new TopicReader<>(clients, registry, Topic.OUTCOMES, from);
  }

  /// Follows prompts of the pool of all.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in time or lacks the topic
  public static TopicReader<PromptRequested> ofPrompts(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    return ofPrompts(clients, registry, Topic.PROMPTS.topicName(), from);
  }

  /// Follows prompts of any pool.
  ///
  /// @param topicName the pool's prompts topic
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in time or lacks the topic
  public static TopicReader<PromptRequested> ofPrompts(
      KafkaClients clients, SchemaRegistry registry, String topicName, ReadFrom from) {
    return new TopicReader<>(clients, registry, Topic.PROMPTS, topicName, from);
  }

  /// Follows dead letters.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in time or lacks the topic
  public static TopicReader<DeadLetter> ofDeadLetters(KafkaClients clients, SchemaRegistry registry, ReadFrom from) {
    return new TopicReader<>(clients, registry, Topic.DEAD_LETTERS, from);
  }

  private TopicReader(KafkaClients clients, SchemaRegistry registry, Topic topic, ReadFrom from) {
    this(clients, registry, topic, topic.topicName(), from);
  }

  /// @param clients how long to wait for the cluster is their `default.api.timeout.ms`; 10 s if it is not set
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in that time or lacks the topic
  private TopicReader(
      KafkaClients clients, SchemaRegistry registry, Topic topic, String topicName, ReadFrom from) {
    this.deserializer = new AvroDeserializer<>(registry, topic);
    Object millis = clients.common().getOrDefault(PATIENCE_SETTING, "10000");
    this.patience = Duration.ofMillis(Long.parseLong(millis.toString()));
    this.consumer = clients.consumer(Map.of("client.id", "penstock-reader-" + topicName));
    try {
      this.partitions = partitions(topicName);
      consumer.assign(partitions);
      seek(from);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private List<TopicPartition> partitions(String topic) {
    var found = consumer.partitionsFor(topic, patience);
    if (found == null || found.isEmpty())
      throw new UnknownTopicOrPartitionException("topic %s does not exist in this cluster".formatted(topic));
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /// Positions are fixed here: what is written after the constructor returned is seen.
  private void seek(ReadFrom from) {
    switch (from) {
      case ReadFrom.Beginning() -> consumer.seekToBeginning(partitions);
      case ReadFrom.End() -> consumer.seekToEnd(partitions);
      case ReadFrom.Since(Instant time) -> seekTo(time);
    }
    for (TopicPartition partition : partitions) consumer.position(partition, patience);
  }

  /// The end is asked for first: what is committed between the two questions lies behind it.
  private void seekTo(Instant time) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    Map<TopicPartition, Long> wanted = new HashMap<>();
    for (TopicPartition partition : partitions) wanted.put(partition, Math.max(0, time.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted, patience);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      if (offset != null) consumer.seek(partition, offset.offset());
      else consumer.seek(partition, Objects.requireNonNull(ends.get(partition)));
    }
  }

  /// Whether everything has been read that was committed when this was called.
  public boolean isAtEnd() {
    if (!fetched.isEmpty()) return false;
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition, patience) >= Objects.requireNonNull(ends.get(partition)));
  }

  /// Takes what is committed by now, to the end; then returns.
  ///
  /// @param unreadable told of each record that is not of this topic
  public void readToEnd(Consumer<Received<T>> each, Consumer<UnreadableRecordException> unreadable) {
    while (!isAtEnd()) {
      try {
        poll(Duration.ofMillis(100)).forEach(each);
      } catch (UnreadableRecordException e) {
        unreadable.accept(e);
      }
    }
  }

  /// What was committed since the last call; empty if nothing was for as long as `timeout`.
  ///
  /// @throws UnreadableRecordException once for each record that is not of this topic
  public List<Received<T>> poll(Duration timeout) {
    if (fetched.isEmpty()) consumer.poll(timeout).forEach(fetched::add);
    List<Received<T>> records = new ArrayList<>();
    while (!fetched.isEmpty()) {
      ConsumerRecord<byte[], byte[]> next = fetched.element();
      try {
        if (next.value() != null) records.add(received(next));
      } catch (FramingException e) {
        if (!records.isEmpty()) return records;
        fetched.remove();
        throw new UnreadableRecordException("%s-%d@%d".formatted(next.topic(), next.partition(), next.offset()), e);
      }
      fetched.remove();
    }
    return records;
  }

  private Received<T> received(ConsumerRecord<byte[], byte[]> next) {
    return new Received<>(
        next.topic(),
        next.partition(),
        next.offset(),
        Instant.ofEpochMilli(next.timestamp()),
        deserializer.deserialize(next.value()));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
