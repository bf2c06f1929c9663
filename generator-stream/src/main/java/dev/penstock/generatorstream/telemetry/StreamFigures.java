package dev.penstock.generatorstream.telemetry;

import dev.penstock.generatorstream.shared.Saved;
import java.time.Duration;
import java.util.Map;

/// What the stream says of itself when it is asked.
///
/// @param lag prompt records that are not read yet, by partition
/// @param oldest how long ago the oldest prompt of the inbox was sent; zero if there is none
/// @param saved what was not generated because something equal was
public record StreamFigures(
    boolean isReady, int tasks, Map<Integer, Long> lag, long inboxEntries, Duration oldest, Saved saved) {

  /// Of a stream that was not started yet.
  public static final StreamFigures NONE = new StreamFigures(false, 0, Map.of(), 0, Duration.ZERO, Saved.NOTHING);

  public StreamFigures {
    lag = Map.copyOf(lag);
  }
}
