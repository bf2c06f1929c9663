package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection.Betas;

/// How much noise the training had at each of its 1,000 timesteps: `x_t = alpha(t) picture + sigma(t) noise` with
/// `alpha² + sigma² = 1`. Immutable.
///
/// Rounded to float32 where the reference (diffusers) rounds, so that long trajectories stay beside its own.
public final class NoiseLevels {

  /// Timesteps of the training.
  public static final int TIMESTEPS = 1_000;

  private final double[] cumulativeAlphas = new double[TIMESTEPS];

  public NoiseLevels(Betas betas) {
    double first = betas.first();
    double last = betas.last();
    double product = 1;
    for (int t = 0; t < TIMESTEPS; t++) {
      double share = (double) t / (TIMESTEPS - 1);
      float beta =
          switch (betas.form()) {
            case LINEAR -> (float) (first + share * (last - first));
            case SCALED_LINEAR -> {
              float root = (float) (Math.sqrt(first) + share * (Math.sqrt(last) - Math.sqrt(first)));
              yield root * root;
            }
          };
      product *= 1 - beta;
      cumulativeAlphas[t] = (float) product;
    }
  }

  /// alpha²: the picture's share of the variance. Before timestep 0 there is no noise.
  double cumulativeAlpha(int t) {
    return t < 0 ? 1 : cumulativeAlphas[t];
  }

  /// The sample at the beginning of a trajectory whose first step is at `t`.
  float[] begin(Beginning beginning, int t) {
    return beginning.sample(Math.sqrt(cumulativeAlphas[t]), Math.sqrt(1 - cumulativeAlphas[t]));
  }

  /// sigma / alpha: noise in units of the picture.
  double noiseToPicture(int t) {
    return Math.sqrt((1 - cumulativeAlphas[t]) / cumulativeAlphas[t]);
  }

  /// The timesteps of a trajectory, noisiest first, in equal steps that end at timestep 1, as Stable Diffusion has
  /// them ("leading" with an offset of 1).
  static int[] timesteps(int steps) {
    int[] timesteps = new int[steps];
    for (int i = 0; i < steps; i++) timesteps[i] = (steps - 1 - i) * (TIMESTEPS / steps) + (steps == TIMESTEPS ? 0 : 1);
    return timesteps;
  }

  /// [#noiseToPicture] at each of these timesteps, then 0.
  double[] sigmas(int[] timesteps) {
    double[] sigmas = new double[timesteps.length + 1];
    for (int i = 0; i < timesteps.length; i++) sigmas[i] = noiseToPicture(timesteps[i]);
    return sigmas;
  }
}
