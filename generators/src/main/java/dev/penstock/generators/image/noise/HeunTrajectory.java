package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection.Prediction;
import org.jspecify.annotations.Nullable;

/// Euler's step, and the step again with the mean of the slopes at both ends; the last step, to no noise, is Euler's.
final class HeunTrajectory implements Trajectory {

  private float[] x;
  private final Prediction prediction;
  private final int[] timesteps;
  private final double[] sigmas;
  private int at;
  /// The sample and its slopes at the beginning of the step, while its second half is due.
  private @Nullable Half half;

  private record Half(float[] x, double[] slopes) {}

  HeunTrajectory(Beginning beginning, int steps, Prediction prediction, NoiseLevels levels) {
    this.prediction = prediction;
    this.timesteps = NoiseLevels.timesteps(steps);
    this.sigmas = levels.sigmas(timesteps);
    this.at = beginning.first();
    this.x = beginning.sample(1, sigmas[at]);
    if (beginning.picture() == null) Flow.enlarge(x, sigmas[0]);
  }

  @Override
  public boolean isDone() {
    return at == timesteps.length;
  }

  @Override
  public double timestep() {
    return timesteps[level()];
  }

  private int level() {
    return half == null ? at : at + 1;
  }

  @Override
  public void modelInput(float[] into) {
    Flow.modelInput(x, sigmas[level()], into);
  }

  @Override
  public void advance(float[] predicted) {
    double[] slopes = new double[x.length];
    for (int i = 0; i < x.length; i++) slopes[i] = Flow.slope(prediction, x[i], predicted[i], sigmas[level()]);
    double by = sigmas[at + 1] - sigmas[at];
    if (half == null) {
      float[] end = new float[x.length];
      for (int i = 0; i < x.length; i++) end[i] = (float) (x[i] + by * slopes[i]);
      half = new Half(x, slopes);
      x = end;
      if (sigmas[at + 1] > 0) return;
    } else {
      for (int i = 0; i < x.length; i++) x[i] = (float) (half.x[i] + by * (half.slopes[i] + slopes[i]) / 2);
    }
    half = null;
    at++;
  }

  @Override
  public float[] sample() {
    return x;
  }
}
