package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection.Prediction;
/// Deterministic: the picture that the model sees, with the noise that it sees at the next level. The last level is that
/// of timestep 0, as in Stable Diffusion.
final class DdimTrajectory implements Trajectory {

  private final float[] x;
  private final Prediction prediction;
  private final NoiseLevels levels;
  private final int[] timesteps;
  private int at;

  DdimTrajectory(Beginning beginning, int steps, Prediction prediction, NoiseLevels levels) {
    this.prediction = prediction;
    this.levels = levels;
    this.timesteps = NoiseLevels.timesteps(steps);
    this.at = beginning.first();
    this.x = levels.begin(beginning, timesteps[at]);
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
    System.arraycopy(x, 0, into, 0, x.length);
  }

  @Override
  public void advance(float[] predicted) {
    int t = timesteps[at];
    double now = levels.cumulativeAlpha(t);
    double next = levels.cumulativeAlpha(Math.max(0, t - NoiseLevels.TIMESTEPS / timesteps.length));
    double alpha = Math.sqrt(now);
    double sigma = Math.sqrt(1 - now);
    for (int i = 0; i < x.length; i++) {
      double picture = PredictedPicture.of(prediction, x[i], predicted[i], alpha, sigma);
      double noise = (x[i] - alpha * picture) / sigma;
      x[i] = (float) (Math.sqrt(next) * picture + Math.sqrt(1 - next) * noise);
    }
    at++;
  }

  @Override
  public float[] sample() {
    return x;
  }
}
