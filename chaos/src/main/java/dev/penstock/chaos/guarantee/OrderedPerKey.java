package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Outcome;
import dev.penstock.chaos.guarantee.Account.Position;
import dev.penstock.chaos.guarantee.Account.Prompt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Prompts with one order key end in the order in which they were sent.
public final class OrderedPerKey implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    Map<Position, String> keys = new HashMap<>();
    for (Prompt prompt : account.prompts())
      if (prompt.orderKey() != null) keys.put(prompt.position(), prompt.orderKey());
    List<Outcome> inOrder =
        account.outcomes().stream()
            .sorted(Comparator.comparingInt((Outcome o) -> o.position().partition()).thenComparingLong(o -> o.position().offset()))
            .toList();
    List<String> violations = new ArrayList<>();
    Map<String, Outcome> last = new HashMap<>();
    for (Outcome outcome : inOrder) {
      String key = keys.get(outcome.source());
      if (key == null) continue;
      Outcome before = last.put(key, outcome);
      if (before != null && before.source().offset() > outcome.source().offset())
        violations.add("out of order: of key %s, %s ended before %s".formatted(key, before.source(), outcome.source()));
    }
    return violations;
  }
}
