package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the index needs to know of a prompt.
///
/// @param idHash stands for the prompt's id
/// @param variants those that have not ended: bit v for variant v
record Pending(
    long offset,
    long idHash,
    String tenant,
    int variants,
    Priority priority,
    long deadlineMillis,
    @Nullable String orderKey) {

  /// Variants that one prompt may have.
  static final int MOST_VARIANTS = 16;

  Pending {
    if (variants <= 0 || variants >= 1 << MOST_VARIANTS)
      throw new IllegalArgumentException("the prompt at offset %d has no open variant or too many".formatted(offset));
  }

  /// The bits of `variants` without those that ended.
  static int open(int variants, List<Integer> ended) {
    int open = (1 << variants) - 1;
    for (int variant : ended) open &= ~(1 << variant);
    return open;
  }
}
