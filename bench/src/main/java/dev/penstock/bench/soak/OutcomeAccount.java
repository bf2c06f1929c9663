package dev.penstock.bench.soak;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// How records ended, by the topic of outcomes from its beginning.
///
/// @param patience how long outcomes may be late
record OutcomeAccount(KafkaClients clients, SchemaRegistry registry, Duration patience) {

  /// @return how many of the records ended how
  /// @throws IllegalStateException if one of them has two outcomes, or none in time
  Map<Outcome, Integer> of(Set<Position> records) {
    if (records.isEmpty()) return Map.of();
    AvroDeserializer<PromptOutcome> deserializer = new AvroDeserializer<>(registry, Topic.OUTCOMES);
    Map<Position, Outcome> ended = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> reader = fromTheBeginning()) {
      long giveUp = System.nanoTime() + patience.toNanos();
      while (ended.size() < records.size() || hasMore(reader)) {
        if (System.nanoTime() - giveUp > 0)
          throw new IllegalStateException("%d of %d records have an outcome".formatted(ended.size(), records.size()));
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
          PromptOutcome outcome = deserializer.deserialize(record.value());
          if (!outcome.getSource().getTopic().equals(Topic.PROMPTS.topicName())) continue;
          Position position = new Position(outcome.getSource().getPartition(), outcome.getSource().getOffset());
          if (records.contains(position) && ended.put(position, outcome.getOutcome()) != null)
            throw new IllegalStateException(position + " ended twice");
        }
      }
    }
    return counted(ended.values());
  }

  private static Map<Outcome, Integer> counted(Collection<Outcome> outcomes) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
    return counts;
  }

  private KafkaConsumer<byte[], byte[]> fromTheBeginning() {
    String topic = Topic.OUTCOMES.topicName();
    KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of("auto.offset.reset", "earliest"));
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static boolean hasMore(KafkaConsumer<byte[], byte[]> reader) {
    return reader.endOffsets(reader.assignment()).entrySet().stream()
        .anyMatch(end -> reader.position(end.getKey()) < end.getValue());
  }
}
