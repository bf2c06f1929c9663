package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection.Prediction;
/// Steps along the probability flow in units of the picture: `x = picture + sigma noise`.
final class EulerTrajectory implements Trajectory {

  private final float[] x;
  private final Prediction prediction;
  private final int[] timesteps;
  private final double[] sigmas;
  private int at;

  EulerTrajectory(Beginning beginning, int steps, Prediction prediction, NoiseLevels levels) {
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
    return timesteps[at];
  }

  @Override
  public void modelInput(float[] into) {
    Flow.modelInput(x, sigmas[at], into);
  }

  @Override
  public void advance(float[] predicted) {
    double by = sigmas[at + 1] - sigmas[at];
    for (int i = 0; i < x.length; i++)
      x[i] = (float) (x[i] + by * Flow.slope(prediction, x[i], predicted[i], sigmas[at]));
    at++;
  }

  @Override
  public float[] sample() {
    return x;
  }
}
