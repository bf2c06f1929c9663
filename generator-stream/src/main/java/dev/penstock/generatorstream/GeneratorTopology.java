package dev.penstock.generatorstream;

import dev.penstock.generatorstream.admit.AdmitProcessor;
import dev.penstock.generatorstream.cancel.CancelProcessor;
import dev.penstock.generatorstream.ids.IdBounds;
import dev.penstock.generatorstream.ids.PromptIds;
import dev.penstock.generatorstream.inbox.InboxProcessor;
import dev.penstock.generatorstream.inbox.InboxStore;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Outgoing;
import dev.penstock.schemas.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// The whole flow:
/// ```
/// prompts ────────▶ admit ──▶ inbox ──▶ content
///                     │       ▲ ├─────▶ outcomes
///                     │       │ └─────▶ dead-letters
///                     │     cancel ───▶ dead-letters     (what nobody can read)
/// cancellations ──────┼───────┘
///                     └──▶ outcomes, dead-letters        (what may not enter)
/// ```
/// The engine stands beside `inbox`, off the stream thread. Prompts and cancellations of a key lie in partitions of the
/// same number, so one task reads both.
public final class GeneratorTopology {

  private static final Serializer<byte[]> KEY = new ByteArraySerializer();
  private static final Serializer<Outgoing> VALUE = (topic, outgoing) -> outgoing.value();

  /// What belongs to a prompt lies in its partition.
  private static final StreamPartitioner<byte[], Outgoing> PROMPTS_PARTITION =
      (topic, key, outgoing, partitions) -> Optional.of(Set.of(outgoing.partition()));

  /// Kafka Streams takes the record with the earliest time first: cancellations overtake prompts that have been read and
  /// not processed, so that what is taken back costs nothing.
  private static final TimestampExtractor BEFORE_ALL_PROMPTS = (record, partitionTime) -> 0;

  private GeneratorTopology() {}

  /// @param promptsTopic the pool's prompts topic
  /// @param ids what one task remembers of ids
  public static Topology of(
      String promptsTopic,
      IdBounds ids,
      Supplier<AdmitProcessor> admit,
      Supplier<CancelProcessor> cancel,
      Supplier<InboxProcessor> inbox) {
    return new Topology()
        .addSource(Operators.PROMPTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), promptsTopic)
        .addSource(
            AutoOffsetReset.earliest(),
            Operators.CANCELLATIONS,
            BEFORE_ALL_PROMPTS,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            Topic.CANCELLATIONS.topicName())
        .addProcessor(Operators.ADMIT, admit::get, Operators.PROMPTS)
        .addProcessor(Operators.CANCEL, cancel::get, Operators.CANCELLATIONS)
        .addProcessor(Operators.INBOX, inbox::get, Operators.ADMIT, Operators.CANCEL)
        .addStateStore(InboxStore.builder(), Operators.INBOX)
        .addStateStore(PromptIds.builder(ids), Operators.INBOX)
        .addSink(Operators.CONTENT, Topic.CONTENT.topicName(), KEY, VALUE, PROMPTS_PARTITION, Operators.INBOX)
        .addSink(
            Operators.OUTCOMES,
            Topic.OUTCOMES.topicName(),
            KEY,
            VALUE,
            PROMPTS_PARTITION,
            Operators.INBOX,
            Operators.ADMIT)
        .addSink(
            Operators.DEAD_LETTERS,
            Topic.DEAD_LETTERS.topicName(),
            KEY,
            VALUE,
            PROMPTS_PARTITION,
            Operators.INBOX,
            Operators.ADMIT,
            Operators.CANCEL);
  }
}
