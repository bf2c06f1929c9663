package dev.penstock.chaos.guarantee;

import java.util.List;

/// Every outcome is COMPLETED. For workloads in which nothing is wrong with any prompt.
public final class AllCompleted implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    return account.outcomes().stream()
        .filter(outcome -> !outcome.outcome().equals("COMPLETED"))
        .map(
            outcome ->
                "not completed: the prompt at %s ended as %s (%s)"
                    .formatted(outcome.source(), outcome.outcome(), outcome.reason()))
        .toList();
  }
}
