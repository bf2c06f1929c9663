package dev.penstock.generatorstream.inbox;

import dev.penstock.generatorstream.prompt.Operators;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Builds an [InboxStore] for each task.
///
/// It lies on disk: it may hold millions of bodies, and a persistent store also keeps the transactional id over a
/// restart, so that the transaction of a killed predecessor is aborted at once. It always has a changelog.
public final class InboxStoreBuilder implements StoreBuilder<InboxStore> {

  /// Entries leave soon: small segments let the cleaner drop them, so that a restore reads little.
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "segment.bytes", Integer.toString(16 << 20),
          "min.cleanable.dirty.ratio", "0.1",
          "delete.retention.ms", "60000",
          "max.message.bytes", Integer.toString(2 << 20));

  private final StoreBuilder<KeyValueStore<byte[], byte[]>> inner =
      Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(Operators.INBOX_STORE), Serdes.ByteArray(), Serdes.ByteArray())
          .withCachingDisabled()
          .withLoggingEnabled(CHANGELOG);

  @Override
  public InboxStore build() {
    return new InboxStore(inner.build());
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public StoreBuilder<InboxStore> withCachingEnabled() {
    throw fixed();
  }

  /// Kafka Streams' own cache is off in any case.
  @Override
  public StoreBuilder<InboxStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<InboxStore> withLoggingEnabled(Map<String, String> config) {
    throw fixed();
  }

  @Override
  public StoreBuilder<InboxStore> withLoggingDisabled() {
    throw fixed();
  }

  private static UnsupportedOperationException fixed() {
    return new UnsupportedOperationException("caching and changelog of the inbox are fixed");
  }
}
