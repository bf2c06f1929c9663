package dev.penstock.generatorstream.telemetry;

import java.time.Duration;
import java.util.Map;

/// What the stream says of itself when it is asked.
///
/// @param lag prompt records that are not read yet, by partition
/// @param oldest how long ago the oldest prompt of the inbox was sent; zero if there is none
public record StreamFigures(
    boolean isReady, int tasks, Map<Integer, Long> lag, long inboxEntries, Duration oldest) {

  /// Of a stream that was not started yet.
  public static final StreamFigures NONE = new StreamFigures(false, 0, Map.of(), 0, Duration.ZERO);

  public StreamFigures {
    lag = Map.copyOf(lag);
  }
}
