package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Content;
import dev.penstock.chaos.guarantee.Account.Outcome;
import dev.penstock.chaos.guarantee.Account.Position;
import dev.penstock.chaos.guarantee.Account.Prompt;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Outcomes and contents lie in the partition of their prompt and carry its key bytes.
public final class EverythingInItsPlace implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    List<String> violations = new ArrayList<>();
    Map<Position, Prompt> byPosition =
        account.prompts().stream().collect(Collectors.toMap(Prompt::position, Function.identity()));
    for (Outcome outcome : account.outcomes()) {
      Prompt prompt = byPosition.get(outcome.source());
      if (prompt == null) violations.add("stray: no prompt is at " + outcome.source());
      else if (!besides(prompt, outcome.position(), outcome.key()))
        violations.add("misplaced: the outcome of %s is at %s".formatted(prompt, outcome.position()));
    }
    Map<String, List<Prompt>> byId = account.prompts().stream().collect(Collectors.groupingBy(Prompt::promptId));
    for (Content content : account.contents())
      if (byId.getOrDefault(content.promptId(), List.of()).stream()
          .noneMatch(prompt -> besides(prompt, content.position(), content.key())))
        violations.add("misplaced: no prompt %s is beside %s".formatted(content.promptId(), content.position()));
    return violations;
  }

  private static boolean besides(Prompt prompt, Position position, ByteBuffer key) {
    return prompt.position().partition() == position.partition() && prompt.key().equals(key);
  }
}
