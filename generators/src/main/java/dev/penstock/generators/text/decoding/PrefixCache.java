package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.NativeMemory;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was computed for the beginnings of prompts, so that prompts that begin alike, a campaign's brand brief or the
/// variants of one prompt, are read once.
///
/// A tree of chunks a tenant: a chunk's keys and values depend on its tokens and on all chunks before it, and it is found only
/// behind exactly these. Prompts are cut into chunks at fixed places whether something is known or not, so a run on
/// what was kept computes the same bits as a run on what was just computed. Bounded; the least recently used go first,
/// a chunk never before those behind it. One thread.
final class PrefixCache implements AutoCloseable {

  private static final long ROOT = 0;

  private final int blockFloats;
  private final NativeMemory memory = new NativeMemory();
  private final FloatBuffer blocks;
  private final Deque<Integer> free = new ArrayDeque<>();
  private final LinkedHashMap<Key, Chunk> chunks = new LinkedHashMap<>(16, 0.75f, true);
  private long lastId = ROOT;

  /// @param blockFloats what is kept of one chunk
  /// @param maxBytes of all; less than one chunk takes keeps nothing
  PrefixCache(int blockFloats, long maxBytes) {
    this.blockFloats = blockFloats;
    long bound = Math.min(maxBytes, Integer.MAX_VALUE);
    int count = (int) (bound / Math.multiplyExact((long) blockFloats, (long) Float.BYTES));
    this.blocks = memory.floats((long) count * blockFloats);
    for (int block = 0; block < count; block++) free.add(block);
  }

  /// @param parent the chunk before it, [#ROOT] for the first
  private record Key(String tenant, long parent, int[] tokens) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.parent == parent && key.tenant.equals(tenant) && Arrays.equals(key.tokens, tokens);
    }

    @Override
    public int hashCode() {
      return (Long.hashCode(parent) * 31 + tenant.hashCode()) * 31 + Arrays.hashCode(tokens);
    }
  }

  private record Chunk(Key key, long id, int block) {}

  /// What is kept of the first chunks of a prompt, one block after another, as far as they are known.
  ///
  /// @param chunk tokens in every chunk but the last
  List<FloatBuffer> find(String tenant, int[] prompt, int chunk) {
    List<Chunk> path = path(tenant, prompt, chunk, prompt.length);
    return path.stream().map(known -> block(known.block())).toList();
  }

  /// Room to keep the chunk from `start` on; null if there is none, it is known, or one before it is not.
  @Nullable FloatBuffer add(String tenant, int[] prompt, int chunk, int start, int count) {
    List<Chunk> path = path(tenant, prompt, chunk, start);
    if (path.size() * chunk != start) return null;
    long parent = path.isEmpty() ? ROOT : path.getLast().id();
    Key key = new Key(tenant, parent, Arrays.copyOfRange(prompt, start, start + count));
    if (chunks.containsKey(key)) return null;
    Integer block = free.isEmpty() ? evict(path) : free.poll();
    if (block == null) return null;
    chunks.put(key, new Chunk(key, ++lastId, block));
    touch(path);
    return block(block);
  }

  /// The known chunks of the first `end` tokens, each used just now.
  private List<Chunk> path(String tenant, int[] prompt, int chunk, int end) {
    List<Chunk> path = new ArrayList<>();
    long parent = ROOT;
    for (int at = 0; at < end; at += chunk) {
      int[] tokens = Arrays.copyOfRange(prompt, at, Math.min(at + chunk, prompt.length));
      Chunk known = chunks.get(new Key(tenant, parent, tokens));
      if (known == null) break;
      path.add(known);
      parent = known.id();
    }
    touch(path);
    return path;
  }

  /// Deepest first, so that a chunk is always more recent than those behind it.
  private void touch(List<Chunk> path) {
    path.reversed().forEach(known -> chunks.get(known.key()));
  }

  /// The block of the least recently used chunk, unless the new one stands behind it.
  private @Nullable Integer evict(List<Chunk> path) {
    Map.Entry<Key, Chunk> eldest = chunks.firstEntry();
    if (eldest == null || path.contains(eldest.getValue())) return null;
    chunks.remove(eldest.getKey());
    return eldest.getValue().block();
  }

  private FloatBuffer block(int number) {
    return blocks.slice(number * blockFloats, blockFloats);
  }

  @Override
  public void close() {
    memory.close();
  }
}
