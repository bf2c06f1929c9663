package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection.Prediction;

/// The picture that a prediction implies.
final class PredictedPicture {

  private PredictedPicture() {}

  /// @param x a value of the sample, `x = alpha picture + sigma noise`
  /// @param predicted the model's value for it
  static double of(Prediction prediction, double x, double predicted, double alpha, double sigma) {
    return switch (prediction) {
      case EPSILON -> (x - sigma * predicted) / alpha;
      case VELOCITY -> alpha * x - sigma * predicted;
      case SAMPLE -> predicted;
      case FLOW -> x - sigma * predicted;
    };
  }
}
