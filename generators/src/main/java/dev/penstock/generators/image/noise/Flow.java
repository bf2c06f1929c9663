package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection.Prediction;

/// The probability flow's equation in units of the picture, `dx / dsigma = noise` (Karras et al. 2022, equation 4 with
/// the schedule sigma(t) = t), and the way between these units and the model's, whose input has variance 1.
final class Flow {

  private Flow() {}

  /// Makes noise of variance 1 the start of a trajectory; the picture's own variance is added, as Stable Diffusion has it.
  static void enlarge(float[] noise, double sigma) {
    for (int i = 0; i < noise.length; i++) noise[i] = (float) (noise[i] * Math.sqrt(sigma * sigma + 1));
  }

  static void modelInput(float[] x, double sigma, float[] into) {
    double scale = 1 / Math.sqrt(sigma * sigma + 1);
    for (int i = 0; i < x.length; i++) into[i] = (float) (x[i] * scale);
  }

  /// The noise that the model sees in `x`.
  static double slope(Prediction prediction, double x, double predicted, double sigma) {
    double alpha = 1 / Math.sqrt(sigma * sigma + 1);
    return (x - PredictedPicture.of(prediction, x * alpha, predicted, alpha, sigma * alpha)) / sigma;
  }
}
