package dev.penstock.generatorstream.inbox;

import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.route.VariantEnd;
import dev.penstock.generatorstream.streams.CommitTimeStore;
import dev.penstock.generatorstream.streams.CommitTimeStoreBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// The prompts of one task that have not ended, on disk and in a changelog.
///
/// It lies on disk: it may hold millions of bodies, and a persistent store also keeps the transactional id over a
/// restart, so that the transaction of a killed predecessor is aborted at once. A prompt is written when its offset is
/// about to be committed, and deleted with the commit of its end: all of a commit in one batch. For the stream thread
/// only.
public final class InboxStore extends CommitTimeStore {

  private static final int LARGEST_ENTRY_BYTES = 2 << 20;

  /// More is written at once: what is taken in between two commits must not fill the heap.
  private static final long MOST_UNSAVED_BYTES = 16 << 20;

  private final Map<Long, StoredPrompt> unsaved = new HashMap<>();
  private final List<InboxKey> removed = new ArrayList<>();
  private long unsavedBytes;
  private int partition;
  private @Nullable Path folder;

  InboxStore(KeyValueStore<byte[], byte[]> store) {
    super(store);
  }

  /// For the topology.
  public static StoreBuilder<InboxStore> builder() {
    return new CommitTimeStoreBuilder<>(
        Stores.persistentKeyValueStore(Operators.INBOX_STORE),
        Map.of("max.message.bytes", Integer.toString(LARGEST_ENTRY_BYTES)),
        InboxStore::new);
  }

  /// From now on it is written: it has been restored.
  void use() {
    if (folder != null) OpenStores.mark(folder);
  }

  void put(StoredPrompt prompt) {
    unsaved.put(prompt.source().offset(), prompt);
    unsavedBytes += prompt.source().size();
    if (unsavedBytes > MOST_UNSAVED_BYTES) flushCache();
  }

  /// @throws IllegalStateException if there is none
  StoredPrompt get(long offset) {
    StoredPrompt prompt = unsaved.get(offset);
    if (prompt != null) return prompt;
    byte[] bytes = store.get(key(offset).toBytes());
    if (bytes == null) throw new IllegalStateException("the inbox has no entry for offset " + offset);
    return StoredPrompt.fromBytes(bytes);
  }

  /// Notes that a variant ended while others have not.
  void mark(long offset, VariantEnd end) {
    store.put(key(offset).mark(end.variant()).toBytes(), end.toBytes());
  }

  /// The variants that were marked, in order.
  List<VariantEnd> marks(long offset, int variants) {
    List<VariantEnd> ends = new ArrayList<>();
    if (variants == 1) return ends;
    InboxKey key = key(offset);
    try (KeyValueIterator<byte[], byte[]> marks =
        store.range(key.mark(0).toBytes(), key.mark(variants - 1).toBytes())) {
      while (marks.hasNext()) {
        KeyValue<byte[], byte[]> mark = marks.next();
        ends.add(VariantEnd.fromBytes(InboxKey.fromBytes(mark.key).variant(), mark.value));
      }
    }
    return ends;
  }

  /// Forgets a prompt and its marks.
  void remove(long offset, List<VariantEnd> marks) {
    InboxKey key = key(offset);
    for (VariantEnd mark : marks) removed.add(key.mark(mark.variant()));
    StoredPrompt prompt = unsaved.remove(offset);
    if (prompt == null) removed.add(key);
    else unsavedBytes -= prompt.source().size();
  }

  /// Told of a prompt in the store.
  interface Visitor {

    /// @param entry for [StoredPrompt#fromBytes] and [StoredPrompt#pending(long, byte[], List)]
    /// @param ended the variants that were marked
    void visit(long offset, byte[] entry, List<Integer> ended);
  }

  /// Every prompt in the order of offsets. For a store that was just opened.
  void forEach(Visitor visitor) {
    long offset = 0;
    byte[] prompt = null;
    List<Integer> ended = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<byte[], byte[]> entry = entries.next();
        InboxKey key = InboxKey.fromBytes(entry.key);
        if (!key.isPrompt()) {
          ended.add(key.variant());
          continue;
        }
        if (prompt != null) visitor.visit(offset, prompt, List.copyOf(ended));
        offset = key.offset();
        prompt = entry.value;
        ended.clear();
      }
    }
    if (prompt != null) visitor.visit(offset, prompt, List.copyOf(ended));
  }

  private InboxKey key(long offset) {
    return InboxKey.ofPrompt(partition, offset);
  }

  // ---- what Kafka Streams calls

  @Override
  public void init(StateStoreContext context, StateStore root) {
    partition = context.taskId().partition();
    folder = context.stateDir().toPath();
    super.init(context, root);
  }

  @Override
  public void flushCache() {
    List<KeyValue<byte[], byte @Nullable []>> batch = new ArrayList<>(unsaved.size() + removed.size());
    unsaved.forEach((offset, prompt) -> batch.add(KeyValue.pair(key(offset).toBytes(), prompt.toBytes())));
    for (InboxKey key : removed) batch.add(KeyValue.pair(key.toBytes(), null));
    if (!batch.isEmpty()) writeAll(batch);
    clearCache();
  }

  /// Entries without a value are deleted: the store takes them, its declaration does not say so.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private void writeAll(List<KeyValue<byte[], byte @Nullable []>> batch) {
    store.putAll((List) batch);
  }

  @Override
  public void clearCache() {
    unsaved.clear();
    removed.clear();
    unsavedBytes = 0;
  }

  @Override
  public void close() {
    super.close();
    if (folder != null) OpenStores.unmark(folder);
  }
}
