package dev.penstock.bench.augment;

import dev.penstock.bench.evaluation.judge.Judge;
import dev.penstock.bench.evaluation.judge.Pixels;
import dev.penstock.bench.evaluation.judge.RealPictures;
import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Whether a classifier is right more often on real test pictures when the generated ones are added to few real ones. The same
/// classifier, number of steps and seeds both times; the real pictures are drawn anew for each seed.
final class AugmentationReport {

  private static final int SEEDS = 8;
  /// Student's t, 97.5%, 7 degrees of freedom.
  private static final double STUDENT = 2.365;
  private static final double SMALL_SHARE = 0.1;

  private final RealPictures real;
  private final int classes;
  private final double[][] generated;
  private final int[] labels;
  private final Map<String, Interval> figures = new LinkedHashMap<>();

  private AugmentationReport(RealPictures real, int classes, double[][] generated, int[] labels) {
    this.real = real;
    this.classes = classes;
    this.generated = generated;
    this.labels = labels;
  }

  /// @param set whose labels the judge knows as objects
  static Map<String, Interval> of(LabelledFolder set, Judge judge, ProgressBar bar) throws IOException {
    RealPictures real = judge.real(judge.side());
    List<double[]> pictures = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (LabelledFolder.Entry entry : set.entries()) {
      pictures.add(small(Pixels.decode(set.picture(entry), judge.channels()), judge.side(), real.smallSide()));
      labels.add(judge.number(0, entry.label()));
    }
    AugmentationReport report = new AugmentationReport(
        real, judge.objects().size(), pictures.toArray(double[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
    report.figures.put("generated", Interval.exactly(pictures.size()));
    report.compare("all", 1, bar);
    report.compare("tenth", SMALL_SHARE, bar);
    return report.figures;
  }

  private static double[] small(Pixels picture, int side, int smallSide) {
    int[] values = picture.withSide(side).withSide(smallSide).values();
    return Arrays.stream(values).mapToDouble(v -> v / 255.0).toArray();
  }

  /// @param share of the real pictures that lie beside the judge
  private void compare(String name, double share, ProgressBar bar) {
    double[][] alone = new double[2][SEEDS];
    double[][] with = new double[2][SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      bar.at("training with " + name + " of the real", seed, SEEDS);
      int[] chosen = chosen((int) Math.round(share * real.trainSmall().length), seed);
      double[][] pictures = Arrays.stream(chosen).mapToObj(i -> real.trainSmall()[i]).toArray(double[][]::new);
      int[] truth = Arrays.stream(chosen).map(i -> real.trainLabels()[i][0]).toArray();
      score(PixelClassifier.trained(pictures, truth, classes, seed), alone, seed);
      score(PixelClassifier.trained(both(pictures, generated), both(truth, labels), classes, seed), with, seed);
    }
    figures.put("real_" + name, Interval.exactly((int) Math.round(share * real.trainSmall().length)));
    put(name, "accuracy", alone[0], with[0]);
    put(name, "recall_of_labels", alone[1], with[1]);
  }

  private void put(String name, String figure, double[] alone, double[] with) {
    double[] gain = new double[SEEDS];
    for (int i = 0; i < SEEDS; i++) gain[i] = with[i] - alone[i];
    figures.put(figure + "_" + name, interval(alone));
    figures.put(figure + "_" + name + "_augmented", interval(with));
    figures.put(figure + "_" + name + "_gain", interval(gain));
  }

  private static Interval interval(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    double half = STUDENT * Math.sqrt(variance / values.length);
    return new Interval(mean, mean - half, mean + half);
  }

  /// Accuracy on all real test pictures, and on those with one of the labels.
  private void score(PixelClassifier classifier, double[][] scores, int seed) {
    int[] right = new int[2];
    int[] all = new int[2];
    boolean[] wanted = new boolean[classes];
    for (int label : labels) wanted[label] = true;
    for (int i = 0; i < real.testSmall().length; i++) {
      int truth = real.testLabels()[i][0];
      boolean isRight = classifier.classOf(real.testSmall()[i]) == truth;
      for (int part = 0; part < 2; part++) {
        if (part == 1 && !wanted[truth]) continue;
        all[part]++;
        right[part] += isRight ? 1 : 0;
      }
    }
    for (int part = 0; part < 2; part++) scores[part][seed] = (double) right[part] / all[part];
  }

  private int[] chosen(int count, int seed) {
    int[] rows = new int[real.trainSmall().length];
    for (int i = 0; i < rows.length; i++) rows[i] = i;
    SplittableRandom random = new SplittableRandom(1_000L + seed);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(rows.length - i);
      int kept = rows[i];
      rows[i] = rows[other];
      rows[other] = kept;
    }
    return Arrays.copyOf(rows, count);
  }

  private static double[][] both(double[][] a, double[][] b) {
    double[][] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static int[] both(int[] a, int[] b) {
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
