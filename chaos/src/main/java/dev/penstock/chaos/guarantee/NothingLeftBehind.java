package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Position;
import java.util.List;
import java.util.Set;

/// No prompt that has ended is still in the inbox: its entry goes in the transaction that brings its outcome. To be
/// asked when nothing happens any more.
public final class NothingLeftBehind implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    Set<Position> ended = account.sources();
    return account.inbox().inFlight().stream()
        .filter(ended::contains)
        .map(position -> "left behind: the prompt at %s has ended and is in the inbox".formatted(position))
        .toList();
  }
}
