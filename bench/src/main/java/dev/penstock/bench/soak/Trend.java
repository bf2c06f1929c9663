package dev.penstock.bench.soak;

import java.util.Arrays;

/// Whether a series grows: a straight line by least squares, and how steep it may be at most.
///
/// @param mean of the values
/// @param slope of the line, per unit of x
/// @param upperSlope 95% upper bound of the slope (one-sided, Student's t), per unit of x
/// @param atStart the line's value where x is 0
record Trend(double mean, double slope, double upperSlope, double atStart) {

  private static final int FEWEST = 5;
  private static final double NORMAL_95 = 1.6449;

  /// @param x at least five
  /// @param y as many
  static Trend of(double[] x, double[] y) {
    int n = x.length;
    if (n < FEWEST || y.length != n)
      throw new IllegalArgumentException("%d and %d values, needed are as many, and at least %d".formatted(n, y.length, FEWEST));
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    double slope = xy / xx;
    double rest = 0;
    for (int i = 0; i < n; i++) {
      double error = y[i] - meanY - slope * (x[i] - meanX);
      rest += error * error;
    }
    double standardError = Math.sqrt(rest / (n - 2) / xx);
    return new Trend(meanY, slope, slope + student95(n - 2) * standardError, meanY - slope * meanX);
  }

  /// The upper bound of the growth within `span` of x, as a share of the mean.
  double mostGrowth(double span) {
    return upperSlope * span / mean;
  }

  /// The 95% quantile of Student's t, by the first terms of its expansion about the normal one (Abramowitz and Stegun
  /// 26.7.5): 0.5% off at 5 degrees of freedom, closer with more.
  private static double student95(int freedom) {
    double z = NORMAL_95;
    double first = (z * z * z + z) / 4;
    double second = (5 * Math.pow(z, 5) + 16 * z * z * z + 3 * z) / 96;
    return z + first / freedom + second / ((double) freedom * freedom);
  }
}
