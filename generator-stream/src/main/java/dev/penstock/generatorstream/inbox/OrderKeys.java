package dev.penstock.generatorstream.inbox;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Holds prompts back until the earlier ones with the same order key have ended. The stream thread's.
final class OrderKeys {

  /// The prompts that wait behind the running one, by key. A key is here while a prompt of it runs.
  private final Map<String, ArrayDeque<Pending>> waiting = new HashMap<>();

  /// Whether the prompt may start now; if not, it is kept until [#ended] returns it.
  boolean mayStart(Pending prompt) {
    if (prompt.orderKey() == null) return true;
    ArrayDeque<Pending> queue = waiting.get(prompt.orderKey());
    if (queue == null) {
      waiting.put(prompt.orderKey(), new ArrayDeque<>(0));
      return true;
    }
    queue.add(prompt);
    return false;
  }

  /// The running prompt of this key ended.
  ///
  /// @param isHeld whether a prompt has not ended; those that ended while they waited are passed over
  /// @return the one that may start now, or null
  @Nullable Pending ended(@Nullable String orderKey, Predicate<Pending> isHeld) {
    if (orderKey == null) return null;
    ArrayDeque<Pending> queue = waiting.get(orderKey);
    if (queue == null) throw new IllegalStateException("no prompt of this order key runs");
    Pending next = queue.poll();
    while (next != null && !isHeld.test(next)) next = queue.poll();
    if (next == null) waiting.remove(orderKey);
    return next;
  }
}
