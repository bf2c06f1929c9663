package dev.penstock.generators.image;

import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;

/// Latent vectors from a seed, the same for ever and on every machine.
///
/// Random bits: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
/// with Stafford's variant 13 of the mixing function). A uniform number in `[-1, 1)` is the upper 53 bits over 2^52,
/// less 1. Normal numbers come in pairs by Marsaglia's polar method ("A convenient method for generating normal
/// variables", SIAM Review 6, 1964): draw u, then v, until `0 < s = u² + v² < 1`; the pair is u and v, in this order,
/// times `sqrt(-2 ln(s) / s)`, with the logarithm of [StrictMath]. Own code rather than the JDK's, because a seed in a
/// stored record must still mean the same picture in ten years.
public final class LatentDraw {

  private long state;

  private LatentDraw(long seed) {
    state = seed;
  }

  /// Draws a latent vector.
  ///
  /// @param truncation what every number is multiplied by, above 0; less than 1 gives more usual pictures (Brock et
  ///     al., "Large scale GAN training", 2019, truncate by resampling; scaling keeps one draw a number)
  /// @return float32 `[size]`, owned by the caller
  public static float[] draw(long seed, int size, LatentDistribution distribution, double truncation) {
    LatentDraw draw = new LatentDraw(seed);
    float[] latent = new float[size];
    switch (distribution) {
      case NORMAL -> draw.normal(latent, truncation);
      case UNIFORM -> {
        for (int i = 0; i < size; i++) latent[i] = (float) (draw.uniform() * truncation);
      }
    }
    return latent;
  }

  /// Draws from N(0, 1).
  ///
  /// @return float32 `[size]`, owned by the caller
  public static float[] normal(long seed, int size) {
    return draw(seed, size, LatentDistribution.NORMAL, 1);
  }

  /// Draws evenly from 0 to 1, 1 excluded.
  ///
  /// @return `[count]`, owned by the caller
  public static double[] uniforms(long seed, int count) {
    LatentDraw draw = new LatentDraw(seed);
    double[] uniforms = new double[count];
    for (int i = 0; i < count; i++) uniforms[i] = (draw.nextLong() >>> 11) * 0x1.0p-53;
    return uniforms;
  }

  private void normal(float[] latent, double truncation) {
    for (int i = 0; i < latent.length; i += 2) {
      double u;
      double v;
      double s;
      do {
        u = uniform();
        v = uniform();
        s = u * u + v * v;
      } while (s >= 1 || s == 0);
      double scale = Math.sqrt(-2 * StrictMath.log(s) / s) * truncation;
      latent[i] = (float) (u * scale);
      if (i + 1 < latent.length) latent[i + 1] = (float) (v * scale);
    }
  }

  private double uniform() {
    return (nextLong() >>> 11) * 0x1.0p-52 - 1;
  }

  private long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
