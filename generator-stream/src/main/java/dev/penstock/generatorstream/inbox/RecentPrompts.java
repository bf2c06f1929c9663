package dev.penstock.generatorstream.inbox;

import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The prompts admitted last, decoded, so that those which start at once need not be read back from the store.
/// Bounded in count; when it is full the first ones stay, because they start first.
final class RecentPrompts {

  private final int capacity;
  private final Map<Long, AdmittedPrompt> prompts = new LinkedHashMap<>();

  RecentPrompts(int capacity) {
    this.capacity = capacity;
  }

  void put(AdmittedPrompt prompt) {
    if (prompts.size() < capacity) prompts.put(prompt.source().offset(), prompt);
  }

  @Nullable AdmittedPrompt get(long offset) {
    return prompts.get(offset);
  }

  void remove(long offset) {
    prompts.remove(offset);
  }
}
