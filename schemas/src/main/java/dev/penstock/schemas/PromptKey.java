package dev.penstock.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Where a prompt belongs: everything about one prompt carries the same key bytes and lies in partitions of
/// the same number, so that cancellation, duplicate detection and order per key are local to a task.
public final class PromptKey {

  private PromptKey() {}

  /// The record key: the order key if there is one, else the prompt id, as UTF-8.
  public static byte[] of(String promptId, @Nullable String orderKey) {
    return (orderKey != null ? orderKey : promptId).getBytes(StandardCharsets.UTF_8);
  }

  /// The partition as Java's default partitioner chooses it: murmur2(key), sign bit cleared, modulo the count.
  /// librdkafka calls this `partitioner=murmur2_random`; its default is another.
  public static int partition(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
