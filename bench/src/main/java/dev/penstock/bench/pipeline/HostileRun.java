package dev.penstock.bench.pipeline;

import dev.penstock.bench.hostile.HostileRecords;
import dev.penstock.bench.hostile.HostileRecords.Kind;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Good prompts with hostile records spread among them, through a timed generator. Every record, good or not, must
/// have exactly one outcome, and every good one content.
///
/// @param step of the generator; zero for an instant one
record HostileRun(Cluster cluster, Path folder, Path manifest, long seed, Duration step) {

  private static final int SLOTS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  /// @param goodPerSecond good prompts that ended a second, as the broker took their outcomes
  /// @param outcomes of the hostile records
  record Result(double goodPerSecond, Map<Outcome, Integer> outcomes) {}

  /// @throws IllegalStateException if a record has no outcome, or two, or a good one no content
  Result run(String name, int good, int hostile, List<Kind> kinds) throws Exception {
    String topic = "penstock.prompts." + name + ".v1";
    cluster.createTopics(topic);
    Set<String> hostilePositions = load(topic, good, hostile, kinds);
    try (KafkaConsumer<byte[], byte[]> outcomes = cluster.readerAtEnd(Topic.OUTCOMES.topicName());
        StreamUnderLoad stream = StreamUnderLoad.ours(cluster, folder, name, SLOTS, step, manifest)) {
      return drain(topic, outcomes, good, hostilePositions, stream);
    }
  }

  private Set<String> load(String topic, int good, int hostile, List<Kind> kinds) throws Exception {
    var serializer = cluster.prompts();
    HostileRecords hostiles = new HostileRecords(topic, topic, cluster.schemas(), seed, kinds);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    List<Future<RecordMetadata>> sentHostile = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = HostileRecords.producer(cluster.clients())) {
      for (int i = 0; i < good; i++) {
        sent.add(producer.send(cluster.prompt(serializer, topic, topic + "/" + i)));
        // Spread evenly.
        if ((long) (i + 1) * hostile / good > (long) i * hostile / good)
          sentHostile.add(producer.send(hostiles.next(topic + "/" + i)));
      }
    }
    for (Future<RecordMetadata> one : sent) one.get();
    Set<String> positions = new HashSet<>();
    for (Future<RecordMetadata> one : sentHostile) positions.add(one.get().partition() + "@" + one.get().offset());
    return positions;
  }

  private Result drain(
      String topic, KafkaConsumer<byte[], byte[]> reader, int good, Set<String> hostile, StreamUnderLoad stream) {
    AvroDeserializer<PromptOutcome> deserializer = new AvroDeserializer<>(cluster.schemas(), Topic.OUTCOMES);
    Map<String, PromptOutcome> ended = new HashMap<>();
    long[] millis = new long[good];
    int goodEnded = 0;
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (ended.size() < good + hostile.size()) {
      if (System.nanoTime() - giveUp > 0)
        throw new IllegalStateException(
            "%d of %d records of %s ended in %s; %s"
                .formatted(ended.size(), good + hostile.size(), topic, PATIENCE, stream.state().get()));
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        PromptOutcome outcome = deserializer.deserialize(record.value());
        if (!outcome.getSource().getTopic().equals(topic)) continue;
        String position = outcome.getSource().getPartition() + "@" + outcome.getSource().getOffset();
        if (ended.put(position, outcome) != null) throw new IllegalStateException(position + " ended twice");
        if (hostile.contains(position)) continue;
        if (outcome.getOutcome() != Outcome.COMPLETED)
          throw new IllegalStateException(
              "a good prompt ended as %s, %s".formatted(outcome.getOutcome(), outcome.getReason()));
        millis[goodEnded++] = record.timestamp();
      }
    }
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (String position : hostile) outcomes.merge(ended.get(position).getOutcome(), 1, Integer::sum);
    Arrays.sort(millis);
    return new Result((good - good / 4) * 1e3 / Math.max(1, millis[good - 1] - millis[good / 4]), outcomes);
  }
}
