package dev.penstock.generatorstream.inbox;

import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The prompts admitted last, decoded, so that those which start soon need not be read back from the store.
/// Bounded in count and bytes; when it is full the first ones stay, because they start first.
final class RecentPrompts {

  private static final long MOST_BYTES = 4 << 20;

  private final int capacity;
  private final Map<Long, AdmittedPrompt> prompts = new HashMap<>();
  private long bytes;

  RecentPrompts(int capacity) {
    this.capacity = capacity;
  }

  void put(AdmittedPrompt prompt) {
    if (prompts.size() == capacity || bytes + prompt.source().size() > MOST_BYTES) return;
    bytes += prompt.source().size();
    prompts.put(prompt.source().offset(), prompt);
  }

  @Nullable AdmittedPrompt get(long offset) {
    return prompts.get(offset);
  }

  void remove(long offset) {
    AdmittedPrompt removed = prompts.remove(offset);
    if (removed != null) bytes -= removed.source().size();
  }
}
