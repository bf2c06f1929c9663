package dev.penstock.sink.flow;

import dev.penstock.sink.database.ContentDatabase;
import dev.penstock.sink.database.OffsetMove;
import dev.penstock.sink.database.StoredOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where each assigned partition stands. The database decides: an assigned partition is paused until it was
/// seeked to the database's offset; a partition that the database does not know, or whose topic was created
/// anew, starts at its beginning. The group's offsets are only reported, for tools that show lag.
///
/// Everything happens on the pipeline's thread; Kafka calls the listener inside `poll`, when no batch is open.
final class Positions implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

  private final Consumer<byte[], byte[]> consumer;
  private final ContentDatabase database;
  private final TopicIds topicIds;
  private final Set<TopicPartition> unknown = new HashSet<>();
  private final Map<TopicPartition, StoredOffset> known = new HashMap<>();

  Positions(Consumer<byte[], byte[]> consumer, ContentDatabase database, TopicIds topicIds) {
    this.consumer = consumer;
    this.database = database;
    this.topicIds = topicIds;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    unknown.addAll(partitions);
    consumer.pause(partitions);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    unknown.removeAll(partitions);
    known.keySet().removeAll(partitions);
  }

  /// Asks the database again before anything else is read.
  void forget() {
    consumer.pause(known.keySet());
    unknown.addAll(known.keySet());
    known.clear();
  }

  /// Seeks partitions whose position is not known and lets them flow.
  void seekToStored() {
    if (unknown.isEmpty()) return;
    Map<String, Uuid> ids = topicIds.of(unknown.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(unknown);
    Map<TopicPartition, StoredOffset> stored = database.offsets(unknown);
    Map<TopicPartition, StoredOffset> starts = new HashMap<>();
    for (TopicPartition partition : unknown) {
      StoredOffset standing = stored.get(partition);
      Uuid id = ids.getOrDefault(partition.topic(), Uuid.ZERO_UUID);
      if (standing != null && standing.topicId().equals(id)) warnIfDeleted(partition, standing, beginnings);
      else starts.put(partition, start(partition, standing, id, beginnings));
    }
    if (!starts.isEmpty()) {
      database.begin(starts);
      stored.putAll(database.offsets(starts.keySet()));
    }
    stored.forEach((partition, offset) -> consumer.seek(partition, offset.nextOffset()));
    known.putAll(stored);
    unknown.removeAll(stored.keySet());
    consumer.resume(stored.keySet());
  }

  private static StoredOffset start(
      TopicPartition partition,
      @org.jspecify.annotations.Nullable StoredOffset standing,
      Uuid topicId,
      Map<TopicPartition, Long> beginnings) {
    if (standing != null)
      LOG.atWarn()
          .addKeyValue("partition", partition)
          .log("the topic was created anew since the database last saw it; reading it from its beginning");
    return new StoredOffset(topicId, beginnings.getOrDefault(partition, 0L));
  }

  private static void warnIfDeleted(
      TopicPartition partition, StoredOffset standing, Map<TopicPartition, Long> beginnings) {
    long beginning = beginnings.getOrDefault(partition, 0L);
    if (beginning > standing.nextOffset())
      LOG.atError()
          .addKeyValue("partition", partition)
          .addKeyValue("from", standing.nextOffset())
          .addKeyValue("to", beginning)
          .log("Kafka deleted records before they were stored; topic retention is shorter than the sink was away");
  }

  /// What was read since the last stored batch, records or not.
  List<OffsetMove> moved() {
    List<OffsetMove> moves = new ArrayList<>();
    known.forEach(
        (partition, standing) -> {
          long position = consumer.position(partition);
          if (position != standing.nextOffset())
            moves.add(new OffsetMove(partition, standing.topicId(), standing.nextOffset(), position));
        });
    return moves;
  }

  /// The database stands there now.
  void stored(List<OffsetMove> moves) {
    for (OffsetMove move : moves) known.put(move.partition(), new StoredOffset(move.topicId(), move.to()));
  }

  /// Tells the group's coordinator, for tools that show lag. Nobody reads it back.
  void reportToGroup() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    known.forEach((partition, standing) -> offsets.put(partition, new OffsetAndMetadata(standing.nextOffset())));
    consumer.commitAsync(
        offsets,
        (reported, failure) -> {
          if (failure != null)
            LOG.atDebug().addKeyValue("reason", failure.getMessage()).log("offsets were not reported to the group");
        });
  }

  /// Stays in the group for a while without reading: everything assigned is paused.
  void keepMembership(Duration time, BooleanSupplier isStopping) {
    long end = System.nanoTime() + time.toNanos();
    while (!isStopping.getAsBoolean() && System.nanoTime() - end < 0) consumer.poll(Duration.ofMillis(100));
  }
}
