package dev.penstock.generators.image.noise;

import org.jspecify.annotations.Nullable;

/// Where a trajectory begins: at noise alone, or at a picture with as much noise on it as there is at a later step.
///
/// @param noise   from N(0, 1); taken over
/// @param picture of the noise's length, in the model's own range; null for noise alone. Not changed
/// @param first   how many steps are left out
record Beginning(float[] noise, float @Nullable [] picture, int first) {

  static Beginning ofNoise(float[] noise) {
    return new Beginning(noise, null, 0);
  }

  /// @param strength 0..1: which share of the steps is gone, rounded down, at least one step (as in diffusers'
  ///     StableDiffusionImg2ImgPipeline)
  static Beginning ofPicture(float[] picture, float[] noise, int steps, double strength) {
    if (picture.length != noise.length)
      throw new IllegalArgumentException(picture.length + " numbers of a picture, " + noise.length + " of noise");
    return new Beginning(noise, picture, steps - steps(steps, strength));
  }

  /// How many of the steps are gone.
  static int steps(int steps, double strength) {
    return Math.clamp((int) (steps * strength), 1, steps);
  }

  /// The sample at the beginning.
  ///
  /// @param ofPicture what the picture is multiplied by
  /// @param ofNoise   what the noise on it is multiplied by
  float[] sample(double ofPicture, double ofNoise) {
    if (picture == null) return noise;
    for (int i = 0; i < noise.length; i++) noise[i] = (float) (ofPicture * picture[i] + ofNoise * noise[i]);
    return noise;
  }
}
