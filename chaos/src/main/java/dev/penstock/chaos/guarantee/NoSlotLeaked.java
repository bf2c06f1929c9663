package dev.penstock.chaos.guarantee;

import java.util.List;
import java.util.Map;

/// When every prompt has ended, no instance holds a slot, a request or an inbox entry any more.
///
/// @param held by instance, how many of them it still holds
public record NoSlotLeaked(Map<String, Long> held) implements Guarantee {

  public NoSlotLeaked {
    held = Map.copyOf(held);
  }

  @Override
  public List<String> violations(Account account) {
    return held.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> "leaked: %s holds %d slots, requests or entries of prompts that ended".formatted(entry.getKey(), entry.getValue()))
        .toList();
  }
}
