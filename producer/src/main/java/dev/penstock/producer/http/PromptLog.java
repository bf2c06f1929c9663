package dev.penstock.producer.http;

import java.util.LinkedHashMap;
import java.util.Optional;

/// The prompts of late, newest last; the oldest are forgotten when there are too many. Any thread.
final class PromptLog {

  private static final int MOST_PROMPTS = 10_000;
  private static final long MOST_BYTES = 64 << 20;

  /// How often sizes are summed up: once for this many new prompts.
  private static final int BETWEEN_COUNTS = 64;

  private final LinkedHashMap<String, PromptRecord> records = new LinkedHashMap<>();
  private final OpenPrompts open;
  private int sinceCount;

  PromptLog(OpenPrompts open) {
    this.open = open;
  }

  /// The prompt with this id, from now on known.
  synchronized PromptRecord of(String promptId) {
    PromptRecord known = records.get(promptId);
    if (known != null) return known;
    if (++sinceCount >= BETWEEN_COUNTS) forget();
    if (records.size() >= MOST_PROMPTS) records.pollFirstEntry().getValue().closed();
    PromptRecord created = new PromptRecord(promptId, open);
    records.put(promptId, created);
    return created;
  }

  private void forget() {
    sinceCount = 0;
    long bytes = records.values().stream().mapToLong(PromptRecord::bytes).sum();
    while (bytes > MOST_BYTES) {
      PromptRecord oldest = records.pollFirstEntry().getValue();
      bytes -= oldest.bytes();
      oldest.closed();
    }
  }

  synchronized Optional<PromptRecord> find(String promptId) {
    return Optional.ofNullable(records.get(promptId));
  }

  /// A prompt that could not be sent.
  synchronized void remove(String promptId) {
    records.remove(promptId);
  }
}
