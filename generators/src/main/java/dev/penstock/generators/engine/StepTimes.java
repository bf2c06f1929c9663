package dev.penstock.generators.engine;

/// How long a lane's steps take. The fastest of the last 256 to 512 steps is what no request can do without, so a
/// deadline that is nearer cannot be met. One thread.
final class StepTimes {

  private static final int WINDOW = 256;

  private long fastestBefore = Long.MAX_VALUE;
  private long fastest = Long.MAX_VALUE;
  private int steps;

  void add(long nanos) {
    if (steps++ == WINDOW) {
      steps = 1;
      fastestBefore = fastest;
      fastest = Long.MAX_VALUE;
    }
    fastest = Math.min(fastest, nanos);
  }

  /// Zero until a step was measured.
  long fastestNanos() {
    long least = Math.min(fastest, fastestBefore);
    return least == Long.MAX_VALUE ? 0 : least;
  }
}
