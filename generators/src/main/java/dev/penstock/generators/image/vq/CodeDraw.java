package dev.penstock.generators.image.vq;

import java.util.Arrays;

/// Draws a code from logits.
final class CodeDraw {

  private CodeDraw() {}

  /// The smallest code whose cumulative probability exceeds `draw`, after the temperature, among the `topK` likeliest and
  /// those that are as likely as the last of them.
  ///
  /// @param logits finite
  /// @param draw in 0..1
  static int of(float[] logits, double temperature, int topK, double draw) {
    int likeliest = 0;
    for (int i = 1; i < logits.length; i++) if (logits[i] > logits[likeliest]) likeliest = i;
    if (temperature == 0 || topK == 1) return likeliest;
    float least = topK == 0 || topK >= logits.length ? Float.NEGATIVE_INFINITY : smallestOf(logits, topK);
    double[] weights = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] < least) continue;
      weights[i] = StrictMath.exp((logits[i] - logits[likeliest]) / temperature);
      sum += weights[i];
    }
    double left = draw * sum;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) return i;
    }
    return likeliest;
  }

  /// Of the `topK` greatest.
  private static float smallestOf(float[] logits, int topK) {
    float[] sorted = logits.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - topK];
  }
}
