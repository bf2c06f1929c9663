package dev.penstock.bench.evaluation.metrics;

/// A figure and between which values it lies with 95% confidence.
public record Interval(double value, double low, double high) {

  public Interval {
    if (!Double.isFinite(value) || !Double.isFinite(low) || !Double.isFinite(high))
      throw new IllegalArgumentException("an interval needs numbers: " + value + " (" + low + " to " + high + ")");
  }

  /// A figure that is known exactly, or of which no more is said.
  public static Interval exactly(double value) {
    return new Interval(value, value, value);
  }
}
