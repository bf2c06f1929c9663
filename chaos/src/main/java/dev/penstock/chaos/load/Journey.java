package dev.penstock.chaos.load;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One prompt on its way.
///
/// @param partition of the prompts topic
/// @param sent when it was handed to the producer
/// @param arrived when a read_committed consumer had its content; null until then
public record Journey(int partition, Instant sent, @Nullable Instant arrived) {

  /// From the prompt to its content; until now if there is none.
  public Duration delay(Instant now) {
    return Duration.between(sent, arrived == null ? now : arrived);
  }

  /// Whether it was on its way at some time between the two.
  public boolean wasUnderWay(Instant from, Instant to) {
    return !sent.isAfter(to) && (arrived == null || !arrived.isBefore(from));
  }
}
