package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.image.noise.NoiseScheduler;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import org.jspecify.annotations.Nullable;

/// A picture that can be made in [#runs] runs of the model.
///
/// @param noise float32 `[channels * height * width]` from N(0, 1), not to be changed
/// @param steps at least 1
/// @param guidance above 1 exactly when there are `unwanted` words
/// @param unwanted what guidance leads away from: the negative prompt, or no words; null without guidance
/// @param seed of what the scheduler draws on the way
/// @param picture where to begin, float32 of the noise's length in the model's range, not to be changed; null: at noise alone
/// @param strength 0..1, how far the picture is left behind
public record PreparedDiffusion(
    float[] noise, Scheduler scheduler, int steps, double guidance, Words words, @Nullable Words unwanted, long seed,
    float @Nullable [] picture, double strength) {

  int runs() {
    return scheduler.runs(picture == null ? steps : NoiseScheduler.stepsFrom(steps, strength));
  }

  /// The same picture from other noise.
  PreparedDiffusion withNoise(float[] other) {
    return new PreparedDiffusion(other, scheduler, steps, guidance, words, unwanted, seed, picture, strength);
  }

  /// How many rows of a batch one run takes.
  int rows() {
    return unwanted == null ? 1 : 2;
  }
}
