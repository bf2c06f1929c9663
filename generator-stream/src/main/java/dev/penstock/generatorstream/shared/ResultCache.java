package dev.penstock.generatorstream.shared;

import dev.penstock.generators.GenerationResult;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Results that were made lately, the least recently used of them leaving first. What is taken out is compared with the
/// digest it was put in with; a result that changed is dropped and counted, and made again. Any thread.
final class ResultCache {

  /// What an entry costs beside its bodies.
  private static final int OVERHEAD_BYTES = 1_024;

  private record Entry(GenerationResult result, String sha256, long bytes) {}

  private final long mostBytes;
  private final Map<WorkKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long damaged;

  /// @param mostBytes 0 keeps nothing
  ResultCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  void put(WorkKey key, GenerationResult result) {
    long size = OVERHEAD_BYTES + result.body().length + 64L * result.logProbabilities().size();
    for (GenerationResult.Alternate alternate : result.alternates()) size += alternate.body().length;
    if (size > mostBytes) return;
    Entry entry = new Entry(result, digest(result), size);
    synchronized (this) {
      Entry before = entries.put(key, entry);
      bytes += size - (before == null ? 0 : before.bytes());
      Iterator<Entry> oldest = entries.values().iterator();
      while (bytes > mostBytes) {
        bytes -= oldest.next().bytes();
        oldest.remove();
      }
    }
  }

  /// Whether there may be a result, without looking at it.
  synchronized boolean contains(WorkKey key) {
    return entries.containsKey(key);
  }

  /// @return null if there is none, or it is not what was put in
  @Nullable GenerationResult get(WorkKey key) {
    Entry entry;
    synchronized (this) {
      entry = entries.get(key);
    }
    if (entry == null) return null;
    if (digest(entry.result()).equals(entry.sha256())) return entry.result();
    synchronized (this) {
      damaged++;
      if (entries.remove(key, entry)) bytes -= entry.bytes();
    }
    return null;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long damaged() {
    return damaged;
  }

  private static String digest(GenerationResult result) {
    byte[][] bodies = new byte[1 + result.alternates().size()][];
    bodies[0] = result.body();
    for (int i = 1; i < bodies.length; i++) bodies[i] = result.alternates().get(i - 1).body();
    return WorkKey.sha256(bodies);
  }
}
