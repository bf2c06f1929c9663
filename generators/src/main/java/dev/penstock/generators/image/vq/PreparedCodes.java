package dev.penstock.generators.image.vq;

import dev.penstock.generators.image.diffusion.Words;
import org.jspecify.annotations.Nullable;

/// A picture whose codes can be drawn.
///
/// @param draws uniform in 0..1, one a place, not to be changed
/// @param temperature 0 takes the likeliest code
/// @param topK 0: all codes
/// @param guidance above 1 exactly when there are `unwanted` words
/// @param unwanted no words; null without guidance
public record PreparedCodes(
    double[] draws, double temperature, int topK, double guidance, Words words, @Nullable Words unwanted) {

  /// How many rows of a run it takes.
  int rows() {
    return unwanted == null ? 1 : 2;
  }
}
