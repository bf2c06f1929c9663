package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.Priority;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the index needs to know of a stored prompt.
///
/// @param variants those that have not ended
record Pending(
    long offset, List<Integer> variants, Priority priority, long deadlineMillis, @Nullable String orderKey) {

  Pending {
    variants = List.copyOf(variants);
  }

  static Pending of(StoredPrompt prompt, List<Integer> ended) {
    return new Pending(
        prompt.source().offset(),
        IntStream.range(0, prompt.variants()).filter(v -> !ended.contains(v)).boxed().toList(),
        prompt.priority(),
        prompt.deadlineMillis(),
        prompt.orderKey());
  }
}
