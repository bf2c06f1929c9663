package dev.penstock.sink.flow;

import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.sink.MemoryRegistry;
import dev.penstock.sink.TestPostgres;
import dev.penstock.sink.database.ContentDatabase;
import dev.penstock.sink.database.Database;
import dev.penstock.sink.database.DatabaseSettings;
import dev.penstock.sink.objects.BodyKeeper;
import dev.penstock.sink.objects.ExportFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jdbi.v3.core.Jdbi;

/// A log in memory, a real database and a real object store, and sinks that run on them one after the other or
/// side by side. A [LogConsumer] hands out the log, so that every poll, rebalance and crash happens
/// exactly where a test wants it.
final class SinkRig implements AutoCloseable {

  static final int PARTITIONS = 2;

  final MemoryRegistry registry = new MemoryRegistry();
  final ObjectStore store;
  final Path exports;
  final DatabaseSettings databaseSettings = TestPostgres.newDatabase();
  final Database database;
  final Jdbi sql = TestPostgres.jdbi(databaseSettings);
  final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  final Map<String, Uuid> topicIds = new HashMap<>();

  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> log = new ConcurrentHashMap<>();
  private final AvroSerializer<ContentGenerated> contents = new AvroSerializer<>(registry, Topic.CONTENT);
  private final AvroSerializer<PromptOutcome> outcomes = new AvroSerializer<>(registry, Topic.OUTCOMES);

  SinkRig(Path folder) {
    this(folder, UnaryOperator.identity());
  }

  /// @param way how the sinks reach the database; the rig looks at it directly
  SinkRig(Path folder, UnaryOperator<DatabaseSettings> way) {
    database = new Database(way.apply(databaseSettings));
    store = ObjectStore.open(folder.resolve("objects").toUri());
    exports = folder.resolve("exports");
    for (String topic : SinkPipeline.TOPICS) topicIds.put(topic, Uuid.randomUuid());
  }

  static TopicPartition content(int partition) {
    return new TopicPartition(Topic.CONTENT.topicName(), partition);
  }

  static TopicPartition outcomes(int partition) {
    return new TopicPartition(Topic.OUTCOMES.topicName(), partition);
  }

  void append(int partition, Instant timestamp, ContentGenerated content) {
    append(content(partition), timestamp, contents.serialize(content));
  }

  void append(int partition, Instant timestamp, PromptOutcome outcome) {
    append(outcomes(partition), timestamp, outcomes.serialize(outcome));
  }

  void append(TopicPartition partition, Instant timestamp, byte[] value) {
    List<ConsumerRecord<byte[], byte[]>> records = log.computeIfAbsent(partition, p -> new CopyOnWriteArrayList<>());
    records.add(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            records.size(),
            timestamp.toEpochMilli(),
            TimestampType.CREATE_TIME,
            3,
            value.length,
            "key".getBytes(StandardCharsets.UTF_8),
            value,
            new RecordHeaders(),
            Optional.empty()));
  }

  /// Forgets the log and starts another one under another topic id, as deleting and creating topics does.
  void createTopicsAnew() {
    log.clear();
    topicIds.replaceAll((topic, id) -> Uuid.randomUuid());
  }

  /// A sink that has these partitions from its first poll on.
  RunningSink sink(Collection<TopicPartition> partitions) {
    return sink(partitions, store);
  }

  RunningSink sink(Collection<TopicPartition> partitions, ObjectStore objects) {
    return new RunningSink(this, partitions, objects);
  }

  List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition) {
    return log.getOrDefault(partition, List.of());
  }

  SinkPipeline pipeline(LogConsumer consumer, ObjectStore objects, Counts counts) {
    PrintStream out = new PrintStream(lines, true, StandardCharsets.UTF_8);
    return new SinkPipeline(
        new Source(consumer, topics -> topicIds, registry),
        new BodyKeeper(objects, ExportFolder.at(exports)),
        new ContentDatabase(database),
        counts,
        new WaitLine(out));
  }

  String printed() {
    return lines.toString(StandardCharsets.UTF_8);
  }

  long rows(String table) {
    return sql.withHandle(h -> h.createQuery("select count(*) from " + table).mapTo(long.class).one());
  }

  long nextOffset(TopicPartition partition) {
    return sql.withHandle(
        h ->
            h.createQuery("select next_offset from kafka_offsets where topic = ? and partition = ?")
                .bind(0, partition.topic())
                .bind(1, partition.partition())
                .mapTo(long.class)
                .findOne()
                .orElse(-1L));
  }

  @Override
  public void close() {
    database.close();
  }
}
