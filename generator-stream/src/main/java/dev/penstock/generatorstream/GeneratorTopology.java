package dev.penstock.generatorstream;

import dev.penstock.generatorstream.admit.AdmitProcessor;
import dev.penstock.generatorstream.inbox.InboxProcessor;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Outgoing;
import dev.penstock.schemas.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

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

  /// Entries leave soon: small segments let the cleaner drop them, so that a restore reads little.
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "segment.bytes", Integer.toString(16 << 20),
          "min.cleanable.dirty.ratio", "0.1",
          "delete.retention.ms", "60000",
          "max.message.bytes", Integer.toString(2 << 20));

  private GeneratorTopology() {}

  /// @param promptsTopic the pool's prompts topic
  public static Topology of(
      String promptsTopic, Supplier<AdmitProcessor> admit, Supplier<InboxProcessor> inbox) {
    return new Topology()
        .addSource(Operators.PROMPTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), promptsTopic)
        .addProcessor(Operators.ADMIT, admit::get, Operators.PROMPTS)
        .addProcessor(Operators.INBOX, inbox::get, Operators.ADMIT)
        .addStateStore(inboxStore(), Operators.INBOX)
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

  /// On disk: it may hold millions of bodies, and a persistent store also keeps the transactional id over a
  /// restart, so that the transaction of a killed predecessor is aborted at once.
  private static StoreBuilder<KeyValueStore<byte[], byte[]>> inboxStore() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(Operators.INBOX_STORE), Serdes.ByteArray(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }
}
