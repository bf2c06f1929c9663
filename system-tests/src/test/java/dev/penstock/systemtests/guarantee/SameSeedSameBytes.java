package dev.penstock.systemtests.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.systemtests.guarantee.Account.Content;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What was generated twice from the same seed has the same bytes, whichever process generated it, beside whom, and
/// after whichever interruption. For workloads in which the seed stands for one prompt.
///
/// @param undisturbed contents by seed
public record SameSeedSameBytes(Map<Long, ByteBuffer> undisturbed) implements Guarantee {

  public SameSeedSameBytes {
    undisturbed = Map.copyOf(undisturbed);
  }

  /// Takes the account of a run in which nothing was disturbed as the measure.
  public static SameSeedSameBytes as(Account undisturbed) {
    Map<Long, ByteBuffer> bySeed = new HashMap<>();
    for (Content content : undisturbed.contents()) bySeed.put(content.seed(), content.body());
    return new SameSeedSameBytes(bySeed);
  }

  @Override
  public List<String> violations(Account account) {
    return account.contents().stream()
        .filter(content -> !Objects.equals(content.body(), undisturbed.get(content.seed())))
        .map(content -> "other bytes: %s is \"%s\"".formatted(content.promptId(), UTF_8.decode(content.body().duplicate())))
        .toList();
  }
}
