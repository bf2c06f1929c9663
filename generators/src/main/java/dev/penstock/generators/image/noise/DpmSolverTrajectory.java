package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection.Prediction;
import org.jspecify.annotations.Nullable;

/// Steps in the logarithm of the signal-to-noise ratio, `lambda = ln(alpha / sigma)`, from the last two pictures that the
/// model saw (Lu et al. 2022, algorithm 2, the midpoint form).
final class DpmSolverTrajectory implements Trajectory {

  private final float[] x;
  private final Prediction prediction;
  private final int[] timesteps;
  private final double[] sigmas;
  private int at;
  private double @Nullable [] before;

  DpmSolverTrajectory(Beginning beginning, int steps, Prediction prediction, NoiseLevels levels) {
    this.prediction = prediction;
    this.timesteps = timesteps(steps);
    this.sigmas = levels.sigmas(timesteps);
    this.at = beginning.first();
    this.x = levels.begin(beginning, timesteps[at]);
  }

  /// The reference leaves out the least noisy of `steps + 1` equal steps.
  private static int[] timesteps(int steps) {
    int[] timesteps = new int[steps];
    for (int i = 0; i < steps; i++) timesteps[i] = Math.min(NoiseLevels.TIMESTEPS - 1, (steps - i) * (NoiseLevels.TIMESTEPS / (steps + 1)) + 1);
    return timesteps;
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
    double alpha = alpha(at);
    double sigma = sigmas[at] * alpha;
    double nextAlpha = alpha(at + 1);
    double nextSigma = sigmas[at + 1] * nextAlpha;
    // e^-h with h = lambda(next) - lambda(now): 0 at the end, where lambda is infinite.
    double decay = sigmas[at + 1] / sigmas[at];
    double[] pictures = new double[x.length];
    double[] second = at + 1 == timesteps.length ? null : before;
    double ratio = second == null ? 0 : Math.log(decay) / Math.log(sigmas[at] / sigmas[at - 1]) / 2;
    for (int i = 0; i < x.length; i++) {
      pictures[i] = PredictedPicture.of(prediction, x[i], predicted[i], alpha, sigma);
      double ahead = second == null ? pictures[i] : pictures[i] + ratio * (pictures[i] - second[i]);
      x[i] = (float) (nextSigma / sigma * x[i] + nextAlpha * (1 - decay) * ahead);
    }
    before = pictures;
    at++;
  }

  private double alpha(int level) {
    return 1 / Math.sqrt(sigmas[level] * sigmas[level] + 1);
  }

  @Override
  public float[] sample() {
    return x;
  }
}
