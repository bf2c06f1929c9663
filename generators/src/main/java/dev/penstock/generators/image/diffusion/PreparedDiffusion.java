package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.models.DiffusionSection.Scheduler;
import org.jspecify.annotations.Nullable;

/// A picture that can be made in [#runs] runs of the model.
///
/// @param noise float32 `[channels * height * width]` from N(0, 1), not to be changed
/// @param steps at least 1
/// @param guidance above 1 exactly when there are `unwanted` words
/// @param unwanted what guidance leads away from: the negative prompt, or no words; null without guidance
/// @param seed of what the scheduler draws on the way
public record PreparedDiffusion(
    float[] noise, Scheduler scheduler, int steps, double guidance, Words words, @Nullable Words unwanted, long seed) {

  int runs() {
    return scheduler.runs(steps);
  }

  /// The same picture from other noise.
  PreparedDiffusion withNoise(float[] other) {
    return new PreparedDiffusion(other, scheduler, steps, guidance, words, unwanted, seed);
  }

  /// How many rows of a batch one run takes.
  int rows() {
    return unwanted == null ? 1 : 2;
  }
}
