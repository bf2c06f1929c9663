package dev.penstock.generatorstream.ids;

import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.Cancellation;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.schemas.Outcome;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/// What became of the prompt ids of one task, and the cancellations whose prompt has not come. Bounded by [IdBounds].
///
/// Ids stand here as 64 bits of their SHA-256. With a million of them remembered, a new id is taken for one of them once
/// in 2 * 10^13 times.
///
/// What is new is written when a commit comes, as in [dev.penstock.generatorstream.inbox.InboxStore]. For the stream
/// thread only.
public final class PromptIds implements StateStore, CachedStateStore<byte[], byte[]> {

  private static final byte USED_IDS = 0;
  private static final byte CANCELLATIONS = 1;

  private final KeyValueStore<byte[], byte[]> store;
  private final IdLog used;
  private final IdLog cancellations;

  PromptIds(KeyValueStore<byte[], byte[]> store, IdBounds bounds) {
    this.store = store;
    this.used = new IdLog(store, USED_IDS, bounds.duplicates().toMillis(), bounds.mostIds());
    this.cancellations =
        new IdLog(store, CANCELLATIONS, bounds.cancellations().toMillis(), bounds.mostCancellations());
  }

  /// Finds what was committed. Once the store is restored, before anything else.
  public void load() {
    used.load();
    cancellations.load();
  }

  /// What used the id up, or null.
  ///
  /// @param idHash see [AdmittedPrompt#idHash]
  public @Nullable Fate fateOf(long idHash, long nowMillis) {
    return used.get(idHash, nowMillis);
  }

  /// A prompt ended; remembers the id if that used it up.
  public void ended(AdmittedPrompt prompt, Outcome outcome, long nowMillis) {
    switch (outcome) {
      case COMPLETED, PARTIAL -> used.put(prompt.idHash(), Fate.MADE, nowMillis);
      case CANCELLED -> used.put(prompt.idHash(), Fate.CANCELLED, nowMillis);
      case DEAD_LETTERED -> used.put(prompt.idHash(), Fate.DEAD_LETTERED, nowMillis);
      case REJECTED, EXPIRED, DUPLICATE_OF, UNKNOWN -> {
        // The id may be sent again, or was remembered before.
      }
    }
  }

  /// Keeps a cancellation until its prompt comes.
  public void remember(Cancellation cancellation, long nowMillis) {
    cancellations.put(cancellation.hash(), Fate.CANCELLED, nowMillis);
  }

  /// Whether the prompt was taken back before it came.
  public boolean isTakenBack(AdmittedPrompt prompt, long nowMillis) {
    if (cancellations.isEmpty()) return false;
    return cancellations.get(prompt.idHash(), nowMillis) != null
        || cancellations.get(Cancellation.ofTenant(prompt.request().getTenant(), prompt.promptId()), nowMillis) != null;
  }

  // ---- what Kafka Streams calls

  @Override
  public String name() {
    return Operators.IDS_STORE;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    store.init(context, root);
  }

  /// A commit comes.
  @Override
  public void flushCache() {
    used.flush();
    cancellations.flush();
  }

  /// The task starts again from its last commit; what is in memory goes with [#load].
  @Override
  public void clearCache() {}

  @Override
  public boolean setFlushListener(@Nullable CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    store.commit(changelogOffsets);
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return store.committedOffset(partition);
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka Streams asks until 5.0
  public boolean managesOffsets() {
    return store.managesOffsets();
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }
}
