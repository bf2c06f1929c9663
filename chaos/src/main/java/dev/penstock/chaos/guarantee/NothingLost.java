package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Outcome;
import dev.penstock.chaos.guarantee.Account.Position;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Every prompt record has an outcome.
public final class NothingLost implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    Set<Position> ended = account.outcomes().stream().map(Outcome::source).collect(Collectors.toSet());
    return account.prompts().stream()
        .filter(prompt -> !ended.contains(prompt.position()))
        .map(prompt -> "lost: %s at %s has no outcome".formatted(prompt.promptId(), prompt.position()))
        .toList();
  }
}
