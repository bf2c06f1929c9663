package dev.penstock.bench.evaluation.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Where a set of vectors lies: a ball around each, as wide as the distance to its k-th nearest neighbour.
public final class Manifold {

  private final double[][] points;
  private final double[] squaredRadii;
  private final int k;

  public Manifold(double[][] points, int k) {
    if (points.length <= k)
      throw new IllegalArgumentException(k + " neighbours in a set of " + points.length + " vectors");
    this.points = points;
    this.k = k;
    this.squaredRadii = IntStream.range(0, points.length).parallel().mapToDouble(this::squaredRadius).toArray();
  }

  private double squaredRadius(int point) {
    double[] nearest = new double[k];
    Arrays.fill(nearest, Double.MAX_VALUE);
    for (int i = 0; i < points.length; i++) {
      if (i == point) continue;
      double distance = squared(points[point], points[i]);
      if (distance >= nearest[k - 1]) continue;
      int place = k - 1;
      for (; place > 0 && nearest[place - 1] > distance; place--) nearest[place] = nearest[place - 1];
      nearest[place] = distance;
    }
    return nearest[k - 1];
  }

  /// Which of the others lie in some ball. Of generated vectors in the manifold of real ones this is their precision,
  /// of real ones in the manifold of generated ones the recall (Kynkäänniemi et al. 2019).
  public boolean[] holds(double[][] others) {
    boolean[] held = new boolean[others.length];
    double[] counts = ballsAround(others);
    for (int i = 0; i < held.length; i++) held[i] = counts[i] > 0;
    return held;
  }

  /// In how many balls each of the others lies, divided by k: their mean is the density (Naeem et al. 2020).
  public double[] density(double[][] others) {
    double[] counts = ballsAround(others);
    for (int i = 0; i < counts.length; i++) counts[i] /= k;
    return counts;
  }

  /// Which balls have one of the others inside: the share is the coverage (Naeem et al. 2020).
  public boolean[] covered(double[][] others) {
    boolean[] covered = new boolean[points.length];
    IntStream.range(0, points.length)
        .parallel()
        .forEach(
            i -> covered[i] = Arrays.stream(others).anyMatch(other -> squared(points[i], other) <= squaredRadii[i]));
    return covered;
  }

  private double[] ballsAround(double[][] others) {
    return IntStream.range(0, others.length)
        .parallel()
        .mapToDouble(
            o -> IntStream.range(0, points.length).filter(i -> squared(points[i], others[o]) <= squaredRadii[i]).count())
        .toArray();
  }

  /// Euclidean distance of each vector to the nearest of the others.
  public static double[] nearest(double[][] vectors, double[][] others) {
    return Arrays.stream(vectors)
        .parallel()
        .mapToDouble(v -> Math.sqrt(Arrays.stream(others).mapToDouble(o -> squared(v, o)).min().orElseThrow()))
        .toArray();
  }

  public static double distance(double[] a, double[] b) {
    return Math.sqrt(squared(a, b));
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double apart = a[i] - b[i];
      sum += apart * apart;
    }
    return sum;
  }
}
