package dev.penstock.generators.engine;

/// What a lane's steps came to since it began.
///
/// @param steps failed ones included
/// @param stepNanos time in those steps
/// @param rows slots that were busy, summed over the steps
/// @param failedSteps steps that threw, those that ran out of memory included
/// @param outOfMemory steps that ran out of memory
/// @param slotLimit slots that may be busy at once now: all, or fewer after memory ran out
public record LaneFigures(long steps, long stepNanos, long rows, long failedSteps, long outOfMemory, int slotLimit) {

  /// Busy slots in the mean step; 0 before the first.
  public double meanRows() {
    return steps == 0 ? 0 : (double) rows / steps;
  }

  public LaneFigures withStep(long nanos, int busy, int limit) {
    return new LaneFigures(steps + 1, stepNanos + nanos, rows + busy, failedSteps, outOfMemory, limit);
  }

  public LaneFigures withFailure(boolean ofMemory) {
    return new LaneFigures(steps, stepNanos, rows, failedSteps + 1, outOfMemory + (ofMemory ? 1 : 0), slotLimit);
  }
}
