package dev.penstock.generatorstream.ids;

import dev.penstock.generatorstream.prompt.Operators;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Builds [PromptIds] for each task: in memory, where they are looked up, and in a changelog.
public final class PromptIdsBuilder implements StoreBuilder<PromptIds> {

  /// Segments are written again and leave: small pieces let the cleaner drop them, so that a restore reads little.
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "segment.bytes", Integer.toString(16 << 20),
          "min.cleanable.dirty.ratio", "0.1",
          "delete.retention.ms", "60000");

  private final IdBounds bounds;
  private final StoreBuilder<KeyValueStore<byte[], byte[]>> inner =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(Operators.IDS_STORE), Serdes.ByteArray(), Serdes.ByteArray())
          .withCachingDisabled()
          .withLoggingEnabled(CHANGELOG);

  public PromptIdsBuilder(IdBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public PromptIds build() {
    return new PromptIds(inner.build(), bounds);
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
  public StoreBuilder<PromptIds> withCachingEnabled() {
    throw fixed();
  }

  /// Kafka Streams' own cache is off in any case.
  @Override
  public StoreBuilder<PromptIds> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<PromptIds> withLoggingEnabled(Map<String, String> config) {
    throw fixed();
  }

  @Override
  public StoreBuilder<PromptIds> withLoggingDisabled() {
    throw fixed();
  }

  private static UnsupportedOperationException fixed() {
    return new UnsupportedOperationException("caching and changelog of prompt ids are fixed");
  }
}
