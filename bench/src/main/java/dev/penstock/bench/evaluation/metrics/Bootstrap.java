package dev.penstock.bench.evaluation.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// Confidence by drawing from the sample itself, with replacement (Efron 1979). Seeded: the same sample gives the same
/// interval.
public final class Bootstrap {

  private static final int REPLICATES = 1_000;
  private static final double TAIL = 0.025;
  private static final long SEED = 20_260_722;

  private Bootstrap() {}

  /// The mean of one number a sample, percentile interval of 1,000 replicates.
  public static Interval mean(double[] values) {
    if (values.length == 0) throw new IllegalArgumentException("no values");
    double[] replicates = replicates(values.length, REPLICATES, rows -> mean(values, rows));
    return new Interval(Arrays.stream(values).average().orElseThrow(), at(replicates, TAIL), at(replicates, 1 - TAIL));
  }

  /// The share of what is true.
  public static Interval share(boolean[] claims) {
    double[] values = new double[claims.length];
    for (int i = 0; i < claims.length; i++) values[i] = claims[i] ? 1 : 0;
    return mean(values);
  }

  /// Any figure of a sample, percentile interval.
  ///
  /// @param rows how many rows the sample has
  /// @param figure of the rows with these numbers, some of them more than once
  public static Interval of(int rows, int replicates, ToDoubleFunction<int[]> figure) {
    double[] drawn = replicates(rows, replicates, figure);
    return new Interval(figure.applyAsDouble(everyRow(rows)), at(drawn, TAIL), at(drawn, 1 - TAIL));
  }

  /// A figure that is larger the fewer different rows there are, such as a distance between distributions: the
  /// replicates are moved by their own bias, the mean of their distance from the figure; never below 0.
  public static Interval ofDistance(int rows, int replicates, ToDoubleFunction<int[]> figure) {
    double value = figure.applyAsDouble(everyRow(rows));
    double[] drawn = replicates(rows, replicates, figure);
    double bias = Arrays.stream(drawn).average().orElseThrow() - value;
    return new Interval(value, Math.max(0, at(drawn, TAIL) - bias), at(drawn, 1 - TAIL) - bias);
  }

  private static int[] everyRow(int rows) {
    int[] all = new int[rows];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static double[] replicates(int rows, int count, ToDoubleFunction<int[]> figure) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] drawn = new double[count];
    int[] chosen = new int[rows];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < rows; j++) chosen[j] = random.nextInt(rows);
      drawn[i] = figure.applyAsDouble(chosen);
    }
    Arrays.sort(drawn);
    return drawn;
  }

  private static double mean(double[] values, int[] rows) {
    double sum = 0;
    for (int row : rows) sum += values[row];
    return sum / rows.length;
  }

  /// Between the two nearest of sorted values, linearly.
  static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
