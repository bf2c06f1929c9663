package dev.penstock.chaos;

import dev.penstock.chaos.fault.FaultKind;
import java.time.Duration;
import java.util.List;

/// What a run is to be.
///
/// @param length how long faults strike; what they need to be over comes on top
/// @param seed decides which faults strike whom and when, and which prompts are sent
/// @param kinds of faults that may strike
/// @param gap the least time from the start of a fault to the start of the next
/// @param slack at most this comes on top of the gap
/// @param mayOverlap whether the next may start while one lasts
/// @param promptsASecond the load
/// @param promptSet how many different prompts there are
public record ChaosPlan(
    Duration length,
    long seed,
    List<FaultKind> kinds,
    Duration gap,
    Duration slack,
    boolean mayOverlap,
    double promptsASecond,
    int promptSet) {

  public ChaosPlan {
    kinds = List.copyOf(kinds);
    if (kinds.isEmpty()) throw new IllegalArgumentException("there are no kinds of faults, allowed is at least one");
    if (!(promptsASecond > 0 && promptsASecond <= 1000))
      throw new IllegalArgumentException("promptsASecond is " + promptsASecond + ", allowed is up to 1000");
  }
}
