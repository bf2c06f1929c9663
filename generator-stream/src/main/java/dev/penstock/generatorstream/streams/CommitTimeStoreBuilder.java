package dev.penstock.generatorstream.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Builds a [CommitTimeStore] for each task. It always has a changelog, and Kafka Streams' own cache is off.
public final class CommitTimeStoreBuilder<S extends CommitTimeStore> implements StoreBuilder<S> {

  /// Entries leave soon: small segments let the cleaner drop them, so that a restore reads little.
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "segment.bytes", Integer.toString(16 << 20),
          "min.cleanable.dirty.ratio", "0.1",
          "delete.retention.ms", "60000");

  private final StoreBuilder<KeyValueStore<byte[], byte[]>> inner;
  private final Function<KeyValueStore<byte[], byte[]>, S> around;

  /// @param supplier of what is committed
  /// @param changelog settings of the changelog besides ours
  /// @param around makes the store around it
  public CommitTimeStoreBuilder(
      KeyValueBytesStoreSupplier supplier,
      Map<String, String> changelog,
      Function<KeyValueStore<byte[], byte[]>, S> around) {
    Map<String, String> all = new HashMap<>(CHANGELOG);
    all.putAll(changelog);
    this.inner =
        Stores.keyValueStoreBuilder(supplier, Serdes.ByteArray(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(all);
    this.around = around;
  }

  @Override
  public S build() {
    return around.apply(inner.build());
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
  public StoreBuilder<S> withCachingEnabled() {
    throw fixed();
  }

  @Override
  public StoreBuilder<S> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
    throw fixed();
  }

  @Override
  public StoreBuilder<S> withLoggingDisabled() {
    throw fixed();
  }

  private UnsupportedOperationException fixed() {
    return new UnsupportedOperationException("caching and changelog of %s are fixed".formatted(name()));
  }
}
