package dev.penstock.generatorstream.inbox;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Since when the oldest prompt of an instance waits, to a second. Prompts that came within the same second share a
/// counter, so a prompt costs a look into a small map when it comes and when it ends.
public final class InboxAges {

  /// There is none.
  public static final long NONE = Long.MAX_VALUE;

  private final Set<OfTask> tasks = ConcurrentHashMap.newKeySet();

  /// When the oldest prompt was sent, in epoch milliseconds, or [#NONE]. Any thread.
  public long oldestMillis() {
    return tasks.stream().mapToLong(task -> task.oldest).min().orElse(NONE);
  }

  /// For one incarnation of a task.
  OfTask ofTask() {
    OfTask task = new OfTask();
    tasks.add(task);
    return task;
  }

  /// The prompts of one task. The stream thread's, but for what [InboxAges] reads.
  final class OfTask {

    private static final long SPAN_MILLIS = 1_000;

    /// By the offset of the first prompt of each; the prompts up to the next key are of the same second.
    private final TreeMap<Long, Second> seconds = new TreeMap<>();

    private volatile long oldest = NONE;

    private static final class Second {
      private final long sentMillis;
      private int prompts;

      private Second(long sentMillis) {
        this.sentMillis = sentMillis;
      }
    }

    /// Offsets come in order.
    void came(long offset, long sentMillis) {
      Map.Entry<Long, Second> last = seconds.lastEntry();
      Second second = last == null ? null : last.getValue();
      if (second == null || Math.abs(sentMillis - second.sentMillis) >= SPAN_MILLIS) {
        second = new Second(sentMillis);
        seconds.put(offset, second);
        if (sentMillis < oldest) oldest = sentMillis;
      }
      second.prompts++;
    }

    void ended(long offset) {
      Map.Entry<Long, Second> entry = seconds.floorEntry(offset);
      if (entry == null || --entry.getValue().prompts > 0) return;
      seconds.remove(entry.getKey());
      if (entry.getValue().sentMillis <= oldest)
        oldest = seconds.values().stream().mapToLong(second -> second.sentMillis).min().orElse(NONE);
    }

    /// The task moves away.
    void close() {
      tasks.remove(this);
    }
  }
}
