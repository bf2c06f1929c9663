package dev.penstock.generators.image;

import java.util.List;
import java.util.Map;

/// A picture that can be made in one run.
///
/// @param labels the weights of the labels of each condition of the model, in their order: float32 `[labels]`, a single 1
///     or what lies between two labels; not to be changed
/// @param latent float32 `[latentSize]`, not to be changed
/// @param scores how near the prompt is to what was found in its words, `classMatch` for the parameter `class`
public record PreparedImage(List<float[]> labels, float[] latent, Map<String, Double> scores) {

  /// One label alone.
  static float[] only(int label, int count) {
    float[] weights = new float[count];
    weights[label] = 1;
    return weights;
  }

  /// The label with the greatest weight of a condition, by their numbers.
  int label(int condition) {
    float[] weights = labels.get(condition);
    int greatest = 0;
    for (int i = 1; i < weights.length; i++) if (weights[i] > weights[greatest]) greatest = i;
    return greatest;
  }
}
