package dev.penstock.generatorstream.ids;

import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.Cancellation;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.streams.CommitTimeStore;
import dev.penstock.generatorstream.streams.CommitTimeStoreBuilder;
import dev.penstock.schemas.Outcome;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// What became of the prompt ids of one task, and the cancellations whose prompt has not come. Bounded by [IdBounds].
///
/// Ids stand here as 64 bits of their SHA-256. With a million of them remembered, a new id is taken for one of them once
/// in 2 * 10^13 times.
///
/// They are looked up in memory. For the stream thread only.
public final class PromptIds extends CommitTimeStore {

  private static final byte USED_IDS = 0;
  private static final byte CANCELLATIONS = 1;

  private final IdLog used;
  private final IdLog cancellations;

  PromptIds(KeyValueStore<byte[], byte[]> store, IdBounds bounds) {
    super(store);
    this.used = new IdLog(store, USED_IDS, bounds.duplicates().toMillis(), bounds.mostIds());
    this.cancellations =
        new IdLog(store, CANCELLATIONS, bounds.cancellations().toMillis(), bounds.mostCancellations());
  }

  /// For the topology.
  ///
  /// @param bounds of one task
  public static StoreBuilder<PromptIds> builder(IdBounds bounds) {
    return new CommitTimeStoreBuilder<>(
        Stores.inMemoryKeyValueStore(Operators.IDS_STORE), Map.of(), store -> new PromptIds(store, bounds));
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
  public void flushCache() {
    used.flush();
    cancellations.flush();
  }

  /// What is in memory goes with [#load].
  @Override
  public void clearCache() {}
}
