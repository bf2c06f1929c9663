package dev.penstock.generators.image.noise;

import dev.penstock.generators.Seeds;
import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.models.DiffusionSection.Prediction;

/// Ancestral: at each step the mean of the posterior and noise of its variance (Ho et al. 2020, equations 6 and 7).
final class DdpmTrajectory implements Trajectory {

  private final float[] x;
  private final Prediction prediction;
  private final NoiseLevels levels;
  private final int[] timesteps;
  private final StepNoise stepNoise;
  private int at;

  /// Where the noise of a step, from 0, comes from.
  interface StepNoise {
    float[] draw(int step, int size);
  }

  DdpmTrajectory(Beginning beginning, int steps, Prediction prediction, NoiseLevels levels, StepNoise stepNoise) {
    this.prediction = prediction;
    this.levels = levels;
    this.timesteps = NoiseLevels.timesteps(steps);
    this.stepNoise = stepNoise;
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
    double next = levels.cumulativeAlpha(t - NoiseLevels.TIMESTEPS / timesteps.length);
    double kept = now / next;
    double ofPicture = Math.sqrt(next) * (1 - kept) / (1 - now);
    double ofSample = Math.sqrt(kept) * (1 - next) / (1 - now);
    double deviation = Math.sqrt((1 - next) / (1 - now) * (1 - kept));
    float[] noise = stepNoise.draw(at, x.length);
    for (int i = 0; i < x.length; i++) {
      double picture = PredictedPicture.of(prediction, x[i], predicted[i], Math.sqrt(now), Math.sqrt(1 - now));
      x[i] = (float) (ofPicture * picture + ofSample * x[i] + deviation * noise[i]);
    }
    at++;
  }

  /// From N(0, 1), with the seed `Seeds.draw(seed, step, 1)`.
  static float[] noise(long seed, int step, int size) {
    return LatentDraw.normal(Seeds.draw(seed, step, 1), size);
  }

  @Override
  public float[] sample() {
    return x;
  }
}
