package dev.penstock.generatorstream.ids;

import java.time.Duration;

/// How long and how much one task remembers of ids.
///
/// @param duplicates for how long an id that was used up is known; zero remembers none
/// @param mostIds how many of these at most
/// @param cancellations for how long a cancellation waits for its prompt; zero remembers none
/// @param mostCancellations how many of these at most
public record IdBounds(Duration duplicates, int mostIds, Duration cancellations, int mostCancellations) {

  public IdBounds {
    if (duplicates.isNegative() || cancellations.isNegative() || mostIds < 1 || mostCancellations < 1)
      throw new IllegalArgumentException("durations must not be negative, bounds at least 1");
  }

  /// The share of one task where all of them share what is given.
  public static IdBounds share(
      Duration duplicates, long ids, Duration cancellations, long mostCancellations, int partitions) {
    return new IdBounds(
        duplicates, share(ids, partitions), cancellations, share(mostCancellations, partitions));
  }

  private static int share(long all, int partitions) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, all / partitions));
  }
}
