package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Outcome;
import java.util.List;
import java.util.Set;

/// No prompt is punished for what happened to the process beside it: none is quarantined or dead-lettered. For
/// workloads without poison.
public final class InnocentsSpared implements Guarantee {

  private static final Set<String> PUNISHED = Set.of("DEAD_LETTERED");

  @Override
  public List<String> violations(Account account) {
    return account.outcomes().stream()
        .filter(outcome -> PUNISHED.contains(outcome.outcome()))
        .map(InnocentsSpared::sentence)
        .toList();
  }

  private static String sentence(Outcome outcome) {
    return "an innocent is quarantined: the prompt at %s ended as %s (%s)"
        .formatted(outcome.source(), outcome.outcome(), outcome.reason());
  }
}
