package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What was generated twice from the same seed has the same bytes, whichever process generated it, beside whom, and
/// after whichever interruption. For workloads in which the seed stands for one prompt.
///
/// @param undisturbed SHA-256 of contents by seed
public record SameSeedSameBytes(Map<Long, String> undisturbed) implements Guarantee {

  public SameSeedSameBytes {
    undisturbed = Map.copyOf(undisturbed);
  }

  /// Takes the account of a run in which nothing was disturbed as the measure.
  public static SameSeedSameBytes as(Account undisturbed) {
    Map<Long, String> bySeed = new HashMap<>();
    for (Content content : undisturbed.contents()) bySeed.put(content.seed(), content.bodySha256());
    return new SameSeedSameBytes(bySeed);
  }

  @Override
  public List<String> violations(Account account) {
    return account.contents().stream()
        .filter(content -> !Objects.equals(content.bodySha256(), undisturbed.get(content.seed())))
        .map(content -> "other bytes: %s with seed %d".formatted(content.promptId(), content.seed()))
        .toList();
  }
}
