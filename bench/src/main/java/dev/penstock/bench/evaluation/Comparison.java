package dev.penstock.bench.evaluation;

import dev.penstock.bench.evaluation.judge.RealPictures;
import dev.penstock.bench.evaluation.judge.Seen;
import dev.penstock.bench.evaluation.metrics.Bootstrap;
import dev.penstock.bench.evaluation.metrics.FrechetDistance;
import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.bench.evaluation.metrics.Manifold;
import dev.penstock.bench.evaluation.metrics.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A set of pictures against the real ones, by a judge's features. All sets are cut to the same size, for Fréchet distance
/// and neighbours depend on it.
final class Comparison {

  private static final int PRECISION_NEIGHBOURS = 3;
  private static final int COVERAGE_NEIGHBOURS = 5;
  /// At most half of a judge's test pictures.
  private static final int MOST_NEIGHBOURS_OF = 2_000;
  private static final int REPLICATES = 60;
  private static final int PAIRS_OF_A_CLASS = 60;

  private final RealPictures real;
  private final int size;
  private final FrechetDistance frechet;
  private final Manifold narrow;
  private final Manifold wide;
  private final double[][] realVectors;
  private final double realDiversity;

  /// @param size of the sets that will be compared
  Comparison(RealPictures real, int size) {
    this.real = real;
    this.size = size;
    this.frechet = new FrechetDistance(Moments.of(real.train().features()));
    this.realVectors = first(real.train().features(), Math.min(size, MOST_NEIGHBOURS_OF));
    this.narrow = new Manifold(realVectors, PRECISION_NEIGHBOURS);
    this.wide = new Manifold(realVectors, COVERAGE_NEIGHBOURS);
    this.realDiversity = mean(withinClass(real.test().features(), real.testLabels()));
  }

  /// `frechet`, `accuracy` (the object is seen), `precision`, `recall`, `density`, `coverage`, `diversity` (mean distance of
  /// two of a class, real ones have 1) and `nearest_train_ratio` (median distance to the nearest training picture, divided by
  /// that to the nearest of as many real pictures that were not trained on: below 1 where training pictures are repeated).
  Map<String, Interval> of(Seen seen, int[][] asked) {
    double[][] vectors = first(seen.features(), size);
    double[][] few = first(vectors, MOST_NEIGHBOURS_OF);
    Map<String, Interval> figures = new LinkedHashMap<>();
    figures.put("frechet", Bootstrap.ofDistance(vectors.length, REPLICATES, rows -> frechet.to(Moments.of(vectors, rows))));
    figures.put("accuracy", Bootstrap.share(right(seen, asked, 0)));
    figures.put("precision", Bootstrap.share(narrow.holds(few)));
    figures.put("recall", Bootstrap.share(new Manifold(few, PRECISION_NEIGHBOURS).holds(realVectors)));
    figures.put("density", Bootstrap.mean(wide.density(few)));
    figures.put("coverage", Bootstrap.share(wide.covered(few)));
    double[] within = withinClass(vectors, asked);
    for (int i = 0; i < within.length; i++) within[i] /= realDiversity;
    figures.put("diversity", Bootstrap.mean(within));
    figures.put("nearest_train_ratio", nearestRatio(few));
    return figures;
  }

  /// Held out are the last half of the test pictures: real ones are compared too, and those are of the first half.
  private Interval nearestRatio(double[][] vectors) {
    double[][] test = real.test().features();
    double[][] heldOut = Arrays.copyOfRange(test, test.length / 2, test.length);
    double[] toTrain = Manifold.nearest(vectors, first(real.train().features(), heldOut.length));
    double[] toTest = Manifold.nearest(vectors, first(heldOut, real.train().count()));
    return Bootstrap.of(vectors.length, REPLICATES, rows -> median(toTrain, rows) / Math.max(1e-12, median(toTest, rows)));
  }

  /// Whether a part is as asked.
  static boolean[] right(Seen seen, int[][] asked, int part) {
    boolean[] right = new boolean[asked.length];
    for (int i = 0; i < right.length; i++) right[i] = seen.attributes()[i][part] == asked[i][part];
    return right;
  }

  /// Distances of pairs of one class: each of its first vectors and the next.
  private static double[] withinClass(double[][] vectors, int[][] asked) {
    Map<Integer, List<double[]>> classes = new LinkedHashMap<>();
    for (int i = 0; i < vectors.length; i++) classes.computeIfAbsent(asked[i][0], c -> new ArrayList<>()).add(vectors[i]);
    List<Double> distances = new ArrayList<>();
    for (List<double[]> members : classes.values()) {
      int some = Math.min(members.size(), PAIRS_OF_A_CLASS);
      for (int i = 0; i < some; i++)
        for (int j = 0; j < i; j++) distances.add(Manifold.distance(members.get(i), members.get(j)));
    }
    return distances.isEmpty() ? new double[] {0} : distances.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double median(double[] values, int[] rows) {
    double[] chosen = new double[rows.length];
    for (int i = 0; i < rows.length; i++) chosen[i] = values[rows[i]];
    Arrays.sort(chosen);
    return chosen[chosen.length / 2];
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double[][] first(double[][] vectors, int count) {
    return vectors.length <= count ? vectors : Arrays.copyOf(vectors, count);
  }
}
