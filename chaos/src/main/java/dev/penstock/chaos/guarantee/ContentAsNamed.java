package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Content;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every content that an outcome names exists, and every content that exists is named by an outcome: the two are
/// written in one transaction.
public final class ContentAsNamed implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    Set<String> named =
        account.outcomes().stream().flatMap(outcome -> outcome.contentIds().stream()).collect(Collectors.toSet());
    Set<String> there = account.contents().stream().map(Content::contentId).collect(Collectors.toSet());
    return Stream.concat(
            named.stream().filter(id -> !there.contains(id)).map(id -> "missing: content " + id + " is named only"),
            there.stream().filter(id -> !named.contains(id)).map(id -> "unnamed: no outcome names content " + id))
        .toList();
  }
}
