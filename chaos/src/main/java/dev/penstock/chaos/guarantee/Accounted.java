package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Position;
import dev.penstock.chaos.guarantee.Account.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `accepted = outcomes + in flight`: every prompt below the committed offset has an outcome or an entry in the inbox's
/// changelog. Holds at every moment, and says nothing wrong when the topics are read one after the other as
/// [Recount#takeWithInbox] does: accepted offsets first, then the changelog with all that lies there by then, then
/// outcomes with all that lie there by then.
public final class Accounted implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    List<String> violations = new ArrayList<>();
    Set<Position> ended = account.sources();
    for (Prompt prompt : account.prompts()) {
      Position at = prompt.position();
      boolean isAccepted = at.offset() < account.inbox().accepted().getOrDefault(at.partition(), 0L);
      if (isAccepted && !ended.contains(at) && !account.inbox().inFlight().contains(at))
        violations.add("unaccounted: %s at %s is accepted, has no outcome and is not in flight".formatted(prompt.promptId(), at));
    }
    return violations;
  }
}
