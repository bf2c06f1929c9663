package dev.penstock.generators.image;

import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;

/// Ways between latent vectors, the same on every machine.
public final class LatentPath {

  private static final double NEARLY_PARALLEL = 1e-6;

  private LatentPath() {}

  /// Between normal vectors on the sphere's arc (Shoemake, "Animating rotation with quaternion curves", 1985), since
  /// what lies on the straight line is shorter than any the model has seen (White, "Sampling generative networks",
  /// 2016); between uniform ones on the straight line, which does not leave their cube.
  ///
  /// @param from float32 `[n]`
  /// @param to of the same length
  /// @param share 0..1
  /// @return float32 `[n]`, owned by the caller
  public static float[] between(float[] from, float[] to, double share, LatentDistribution distribution) {
    if (from.length != to.length)
      throw new IllegalArgumentException("latents of " + from.length + " and " + to.length + " numbers");
    double angle = distribution == LatentDistribution.NORMAL ? angle(from, to) : 0;
    double sine = StrictMath.sin(angle);
    boolean straight = sine < NEARLY_PARALLEL;
    double first = straight ? 1 - share : StrictMath.sin((1 - share) * angle) / sine;
    double second = straight ? share : StrictMath.sin(share * angle) / sine;
    float[] between = new float[from.length];
    for (int i = 0; i < between.length; i++) between[i] = (float) (first * from[i] + second * to[i]);
    return between;
  }

  private static double angle(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    if (aa == 0 || bb == 0) return 0;
    return StrictMath.acos(Math.clamp(dot / Math.sqrt(aa * bb), -1, 1));
  }
}
