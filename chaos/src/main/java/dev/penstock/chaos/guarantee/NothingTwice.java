package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Content;
import dev.penstock.chaos.guarantee.Account.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// No prompt record has two outcomes and no content exists twice.
public final class NothingTwice implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    return Stream.concat(
            repeated("outcomes of", account.outcomes(), Outcome::source),
            repeated("contents with id", account.contents(), Content::contentId))
        .toList();
  }

  private static <T, K> Stream<String> repeated(String what, List<T> all, Function<T, K> identity) {
    Map<K, Long> counts = all.stream().collect(Collectors.groupingBy(identity, Collectors.counting()));
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 1)
        .map(count -> "twice: there are %d %s %s".formatted(count.getValue(), what, count.getKey()));
  }
}
