package dev.penstock.sink.database;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last 24 hours in figures, over at most the newest [#LIMIT] records of each kind, so that asking costs the
/// same however much there is.
///
/// @param contents how many, by modality
/// @param medianLatency from the prompt record's timestamp to completion; null without content
/// @param slowLatency what 95 of 100 stay below
/// @param outcomes how many, by name
/// @param parked unreadable records ever
public record Summary(
    Map<String, Long> contents,
    @Nullable Duration medianLatency,
    @Nullable Duration slowLatency,
    Map<String, Long> outcomes,
    long parked) {

  public static final int LIMIT = 10_000;

  public long contentCount() {
    return contents.values().stream().mapToLong(Long::longValue).sum();
  }
}
