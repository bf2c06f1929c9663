package dev.penstock.sink.database;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jdbi.v3.core.Handle;

/// `kafka_offsets`: how far each partition is in the tables.
final class OffsetTable {

  private OffsetTable() {}

  /// The stored position of each partition that has one.
  static Map<TopicPartition, StoredOffset> read(Handle handle, Collection<TopicPartition> partitions) {
    Map<TopicPartition, StoredOffset> found = new HashMap<>();
    handle
        .createQuery("select topic, partition, topic_id, next_offset from kafka_offsets")
        .map(
            (row, context) ->
                Map.entry(
                    new TopicPartition(row.getString("topic"), row.getInt("partition")),
                    new StoredOffset(Uuid.fromString(row.getString("topic_id")), row.getLong("next_offset"))))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    found.keySet().retainAll(partitions);
    return found;
  }

  /// Stores the first position of a partition that has none, or whose topic was created anew.
  static void begin(Handle handle, TopicPartition partition, StoredOffset start) {
    handle
        .createUpdate(
            """
            insert into kafka_offsets (topic, partition, topic_id, next_offset)
            values (:topic, :partition, :topicId, :offset)
            on conflict (topic, partition) do update
              set topic_id = excluded.topic_id, next_offset = excluded.next_offset
              where kafka_offsets.topic_id <> excluded.topic_id""")
        .bind("topic", partition.topic())
        .bind("partition", partition.partition())
        .bind("topicId", start.topicId().toString())
        .bind("offset", start.nextOffset())
        .execute();
  }

  /// Moves positions on, each only from where the writer believes it to be. The rows stay locked until the
  /// transaction ends, so two writers of one partition take turns and the second one fails.
  ///
  /// @throws StaleOffsetException if a partition stands elsewhere
  static void advance(Handle handle, List<OffsetMove> moves) {
    for (OffsetMove move : inLockOrder(moves)) {
      int moved =
          handle
              .createUpdate(
                  """
                  update kafka_offsets set next_offset = :to
                  where topic = :topic and partition = :partition
                    and topic_id = :topicId and next_offset = :from""")
              .bind("to", move.to())
              .bind("topic", move.partition().topic())
              .bind("partition", move.partition().partition())
              .bind("topicId", move.topicId().toString())
              .bind("from", move.from())
              .execute();
      if (moved != 1)
        throw new StaleOffsetException("%s is no longer at %d".formatted(move.partition(), move.from()));
    }
  }

  private static List<OffsetMove> inLockOrder(List<OffsetMove> moves) {
    return moves.stream()
        .sorted(
            Comparator.comparing((OffsetMove move) -> move.partition().topic())
                .thenComparing(move -> move.partition().partition()))
        .toList();
  }
}
