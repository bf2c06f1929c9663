package dev.penstock.generatorstream.streams;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/// A store that writes what is new when a commit comes, not before: what has gone by then never touches the disk or the
/// changelog. Kafka Streams tells a store so through [CachedStateStore#flushCache], right before it takes the offsets of
/// a commit; there is no public way to hear of it.
///
/// For the stream thread only. Built by a [CommitTimeStoreBuilder].
public abstract class CommitTimeStore implements StateStore, CachedStateStore<byte[], byte[]> {

  /// What was committed, with a changelog.
  protected final KeyValueStore<byte[], byte[]> store;

  protected CommitTimeStore(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  /// A commit comes.
  @Override
  public abstract void flushCache();

  /// The task starts again from its last commit.
  @Override
  public abstract void clearCache();

  @Override
  public final String name() {
    return store.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    store.init(context, root);
  }

  @Override
  public final boolean setFlushListener(@Nullable CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public final void commit(Map<TopicPartition, Long> changelogOffsets) {
    store.commit(changelogOffsets);
  }

  @Override
  public final @Nullable Long committedOffset(TopicPartition partition) {
    return store.committedOffset(partition);
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka Streams asks until 5.0
  public final boolean managesOffsets() {
    return store.managesOffsets();
  }

  @Override
  public void close() {
    clearCache();
    store.close();
  }

  @Override
  public final boolean persistent() {
    return store.persistent();
  }

  @Override
  public final boolean isOpen() {
    return store.isOpen();
  }
}
