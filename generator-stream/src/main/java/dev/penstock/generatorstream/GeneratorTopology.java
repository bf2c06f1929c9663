package dev.penstock.generatorstream;

import dev.penstock.generatorstream.admit.AdmitProcessor;
import dev.penstock.generatorstream.inbox.InboxProcessor;
import dev.penstock.generatorstream.inbox.InboxStoreBuilder;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Outgoing;
import dev.penstock.schemas.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// The whole flow:
/// ```
/// prompts ──▶ admit ──▶ inbox ──▶ content
///               │         ├─────▶ outcomes
///               │         └─────▶ dead-letters
///               └──▶ outcomes, dead-letters   (what may not enter)
/// ```
/// The engine stands beside `inbox`, off the stream thread.
public final class GeneratorTopology {

  private static final Serializer<byte[]> KEY = new ByteArraySerializer();
  private static final Serializer<Outgoing> VALUE = (topic, outgoing) -> outgoing.value();

  /// What belongs to a prompt lies in its partition.
  private static final StreamPartitioner<byte[], Outgoing> PROMPTS_PARTITION =
      (topic, key, outgoing, partitions) -> Optional.of(Set.of(outgoing.partition()));

  private GeneratorTopology() {}

  /// @param promptsTopic the pool's prompts topic
  public static Topology of(
      String promptsTopic, Supplier<AdmitProcessor> admit, Supplier<InboxProcessor> inbox) {
    return new Topology()
        .addSource(Operators.PROMPTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), promptsTopic)
        .addProcessor(Operators.ADMIT, admit::get, Operators.PROMPTS)
        .addProcessor(Operators.INBOX, inbox::get, Operators.ADMIT)
        .addStateStore(new InboxStoreBuilder(), Operators.INBOX)
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
            Operators.ADMIT);
  }
}
