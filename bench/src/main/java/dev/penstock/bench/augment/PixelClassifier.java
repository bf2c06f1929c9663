package dev.penstock.bench.augment;

import java.util.SplittableRandom;

/// A small classifier that learns from pixels alone: one hidden layer of rectified units, softmax, stochastic gradient descent
/// with momentum. Seeded: the same data and seed give the same classifier. One thread.
final class PixelClassifier {

  private static final int HIDDEN = 64;
  private static final int BATCH = 32;
  private static final int STEPS = 3_000;
  private static final double RATE = 0.05;
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 1e-4;

  private final double[][] first;
  private final double[][] second;
  private final double[] hidden = new double[HIDDEN];
  private final double[] told;

  private PixelClassifier(int inputs, int classes, SplittableRandom random) {
    first = layer(HIDDEN, inputs, random);
    second = layer(classes, HIDDEN, random);
    told = new double[classes];
  }

  private static double[][] layer(int outputs, int inputs, SplittableRandom random) {
    double[][] weights = new double[outputs][inputs + 1];
    double scale = Math.sqrt(2.0 / inputs);
    for (double[] row : weights) for (int i = 0; i < inputs; i++) row[i] = random.nextGaussian() * scale;
    return weights;
  }

  /// Trains for 3,000 steps of 32, however many pictures there are, with a learning rate that falls to 0.
  ///
  /// @param pictures values in 0..1
  /// @param labels below `classes`
  static PixelClassifier trained(double[][] pictures, int[] labels, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PixelClassifier classifier = new PixelClassifier(pictures[0].length, classes, random);
    Layer one = new Layer(classifier.first);
    Layer two = new Layer(classifier.second);
    double[] backwards = new double[HIDDEN];
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < BATCH; i++) {
        int chosen = random.nextInt(pictures.length);
        classifier.forward(pictures[chosen]);
        classifier.told[labels[chosen]] -= 1;
        two.gather(classifier.told, classifier.hidden, backwards);
        for (int h = 0; h < HIDDEN; h++) if (classifier.hidden[h] == 0) backwards[h] = 0;
        one.gather(backwards, pictures[chosen], null);
      }
      double rate = RATE * (1 - (double) step / STEPS) / BATCH;
      one.step(rate);
      two.step(rate);
    }
    return classifier;
  }

  int classOf(double[] picture) {
    forward(picture);
    int best = 0;
    for (int c = 1; c < told.length; c++) if (told[c] > told[best]) best = c;
    return best;
  }

  /// Leaves the hidden units and the classes' probabilities.
  private void forward(double[] picture) {
    for (int h = 0; h < HIDDEN; h++) hidden[h] = Math.max(0, weighted(first[h], picture));
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < told.length; c++) largest = Math.max(largest, told[c] = weighted(second[c], hidden));
    double sum = 0;
    for (int c = 0; c < told.length; c++) sum += told[c] = Math.exp(told[c] - largest);
    for (int c = 0; c < told.length; c++) told[c] /= sum;
  }

  private static double weighted(double[] weights, double[] values) {
    double sum = weights[values.length];
    for (int i = 0; i < values.length; i++) sum += weights[i] * values[i];
    return sum;
  }

  /// A layer's weights while they are learnt.
  private record Layer(double[][] weights, double[][] gradient, double[][] speed) {

    Layer(double[][] weights) {
      this(weights, new double[weights.length][weights[0].length], new double[weights.length][weights[0].length]);
    }

    /// @param below gradient of what the layer read, or null if nobody wants it
    void gather(double[] error, double[] read, double @org.jspecify.annotations.Nullable [] below) {
      if (below != null) java.util.Arrays.fill(below, 0);
      for (int o = 0; o < weights.length; o++) {
        double e = error[o];
        if (e == 0) continue;
        double[] row = gradient[o];
        for (int i = 0; i < read.length; i++) row[i] += e * read[i];
        row[read.length] += e;
        if (below != null) for (int i = 0; i < read.length; i++) below[i] += e * weights[o][i];
      }
    }

    void step(double rate) {
      for (int o = 0; o < weights.length; o++) {
        double[] row = weights[o];
        for (int i = 0; i < row.length; i++) {
          speed[o][i] = MOMENTUM * speed[o][i] - rate * gradient[o][i];
          row[i] += speed[o][i] - rate * BATCH * DECAY * row[i];
          gradient[o][i] = 0;
        }
      }
    }
  }
}
