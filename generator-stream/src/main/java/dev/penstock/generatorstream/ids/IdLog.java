package dev.penstock.generatorstream.ids;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The ids that came last, in the order in which they came, bounded in time and number. Kept as segments of ids, so that a
/// commit costs one small record however many ids it brings: 9 bytes an id. All ids are in memory too.
///
/// The newest segment grows; it is written again with each commit until it has [#fullSegment] ids. What is too old leaves
/// by whole segments, so an id is known for at least the time it should be.
///
/// For the stream thread only.
final class IdLog {

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + Long.BYTES;
  private static final int ID_BYTES = Long.BYTES + 1;
  private static final int FULL_SEGMENT = 128;

  /// Records stay below what the changelog takes.
  private static final int MOST_IN_A_SEGMENT = 50_000;

  private static final int FATE_BITS = 3;

  private record Segment(long number, long lastMillis, int ids) {}

  private final KeyValueStore<byte[], byte[]> store;
  private final byte kind;
  private final long keepMillis;
  private final int most;
  private final int fullSegment;

  private final IdTable table = new IdTable();
  private final Deque<Segment> segments = new ArrayDeque<>();
  private long kept;

  // The segment that grows.
  private long number = 1;
  private long[] hashes = new long[FULL_SEGMENT];
  private byte[] fates = new byte[FULL_SEGMENT];
  private int ids;
  private long lastMillis;
  private boolean isChanged;

  /// @param kind first byte of its keys in the store
  /// @param most ids to keep; there may be one segment more
  IdLog(KeyValueStore<byte[], byte[]> store, byte kind, long keepMillis, int most) {
    this.store = store;
    this.kind = kind;
    this.keepMillis = keepMillis;
    this.most = most;
    this.fullSegment = Math.clamp(most / 8, 1, FULL_SEGMENT);
  }

  boolean isEmpty() {
    return table.size() == 0;
  }

  int size() {
    return table.size();
  }

  @Nullable Fate get(long hash, long nowMillis) {
    if (isEmpty()) return null;
    forgetOld(nowMillis);
    long value = table.get(hash);
    return value == IdTable.NONE ? null : Fate.of((byte) (value & ((1 << FATE_BITS) - 1)));
  }

  void put(long hash, Fate fate, long nowMillis) {
    if (keepMillis == 0) return;
    if (ids == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * ids);
      fates = Arrays.copyOf(fates, 2 * ids);
    }
    hashes[ids] = hash;
    fates[ids++] = fate.code;
    table.put(hash, value(number, fate.code));
    kept++;
    lastMillis = nowMillis;
    isChanged = true;
    if (ids == MOST_IN_A_SEGMENT) flush();
    forgetOld(nowMillis);
  }

  private static long value(long number, byte fate) {
    return number << FATE_BITS | fate;
  }

  /// Writes what came since the last time.
  void flush() {
    if (!isChanged) return;
    isChanged = false;
    store.put(key(number), segment());
    if (ids < fullSegment) return;
    segments.add(new Segment(number, lastMillis, ids));
    begin(number + 1);
  }

  private void begin(long next) {
    number = next;
    ids = 0;
    if (hashes.length > FULL_SEGMENT) {
      hashes = new long[FULL_SEGMENT];
      fates = new byte[FULL_SEGMENT];
    }
  }

  private byte[] segment() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + ids * ID_BYTES).put(VERSION).putLong(lastMillis);
    for (int i = 0; i < ids; i++) bytes.putLong(hashes[i]).put(fates[i]);
    return bytes.array();
  }

  private void forgetOld(long nowMillis) {
    while (!segments.isEmpty() && (kept > most || segments.getFirst().lastMillis() < nowMillis - keepMillis))
      forget(segments.removeFirst());
    if (segments.isEmpty() && ids > 0 && lastMillis < nowMillis - keepMillis) {
      for (int i = 0; i < ids; i++) table.remove(hashes[i], value(number, fates[i]));
      kept -= ids;
      store.delete(key(number));
      isChanged = false;
      begin(number + 1);
    }
  }

  private void forget(Segment segment) {
    byte[] stored = store.delete(key(segment.number()));
    if (stored == null) throw new IllegalStateException("segment %d of prompt ids is missing".formatted(segment.number()));
    ByteBuffer bytes = ByteBuffer.wrap(stored).position(HEADER_BYTES);
    while (bytes.hasRemaining()) table.remove(bytes.getLong(), value(segment.number(), bytes.get()));
    kept -= segment.ids();
  }

  /// Begins again with what the store holds.
  void load() {
    table.clear();
    segments.clear();
    kept = 0;
    begin(1);
    lastMillis = 0;
    isChanged = false;
    try (KeyValueIterator<byte[], byte[]> all = store.range(key(0), key(Long.MAX_VALUE))) {
      while (all.hasNext()) read(all.next());
    }
  }

  /// Every segment that is read is full from now on, except that new ids come in a new one.
  private void read(KeyValue<byte[], byte[]> entry) {
    ByteBuffer bytes = ByteBuffer.wrap(entry.value);
    byte version = bytes.get();
    if (version != VERSION)
      throw new IllegalStateException(
          "prompt ids of format version %d; this program reads version %d".formatted(version, VERSION));
    long segment = ByteBuffer.wrap(entry.key, 1, Long.BYTES).getLong();
    long last = bytes.getLong();
    int count = bytes.remaining() / ID_BYTES;
    while (bytes.hasRemaining()) table.put(bytes.getLong(), value(segment, bytes.get()));
    segments.add(new Segment(segment, last, count));
    kept += count;
    begin(segment + 1);
  }

  private byte[] key(long segment) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(segment).array();
  }
}
