package dev.penstock.producer.http;

import java.util.HashMap;
import java.util.Map;

/// How many prompts of each tenant were sent here and have not ended. Any thread.
final class OpenPrompts {

  private final int most;
  private final Map<String, Integer> counts = new HashMap<>();

  /// @param most of one tenant; 0 is no bound
  OpenPrompts(int most) {
    this.most = most;
  }

  /// Counts one more for whoever may still send.
  ///
  /// @throws Problem 429 if the tenant has as many as it may have
  synchronized void admit(String tenant) {
    int open = counts.getOrDefault(tenant, 0);
    if (most > 0 && open >= most)
      throw new Problem(
          429, "%d prompts of tenant %s have not ended, which is its limit; send it again when some have.".formatted(open, tenant));
    counts.put(tenant, open + 1);
  }

  synchronized void ended(String tenant) {
    counts.computeIfPresent(tenant, (name, open) -> open == 1 ? null : open - 1);
  }
}
