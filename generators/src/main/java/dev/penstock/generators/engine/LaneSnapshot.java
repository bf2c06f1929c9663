package dev.penstock.generators.engine;

/// A lane as it was a moment ago; the numbers are read one by one, so they may be a step apart.
///
/// @param modelDigest the model version the lane belongs to
/// @param slots how many slots the model has
/// @param busySlots slots taken now
/// @param queued requests that wait for a slot: queued, being prepared, or prepared
/// @param completing requests that left the lane and are not completed
/// @param steps steps since the lane began, failed ones included
/// @param stepNanos time in those steps
/// @param rows slots that were busy, summed over the steps
public record LaneSnapshot(
    String modelDigest, int slots, int busySlots, int queued, int completing, long steps, long stepNanos, long rows) {

  /// Busy slots in the mean step; 0 before the first.
  public double meanRows() {
    return steps == 0 ? 0 : (double) rows / steps;
  }
}
