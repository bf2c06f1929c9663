package dev.penstock.generators.image;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Scores that ride on every picture and cost next to nothing: they look at a lattice of at most 64x64 pixels.
///
/// - `contrast`: standard deviation of the brightness (mean of the channels), 0 of one flat colour to 0.5 of black and white
///   in equal parts;
/// - `emptiness`: share of the pixels in the fullest of 512 cells of colour (8 levels a channel): 1 where there is nothing to
///   see.
final class PictureScores {

  private static final int LATTICE = 64;
  private static final int LEVELS = 8;

  private PictureScores() {}

  /// `scores`, and these.
  static Map<String, Double> with(Map<String, Double> scores, Picture picture) {
    int[] cells = new int[LEVELS * LEVELS * LEVELS];
    double sum = 0;
    double squares = 0;
    int down = Math.min(LATTICE, picture.height());
    int across = Math.min(LATTICE, picture.width());
    for (int i = 0; i < down * across; i++) {
      int y = (int) ((long) (i / across) * picture.height() / down);
      int x = (int) ((long) (i % across) * picture.width() / across);
      double brightness = 0;
      int cell = 0;
      for (double[] plane : picture.planes()) {
        double value = plane[y * picture.width() + x];
        brightness += value / picture.planes().length;
        cell = cell * LEVELS + Math.clamp((int) (value * LEVELS), 0, LEVELS - 1);
      }
      cells[cell]++;
      sum += brightness;
      squares += brightness * brightness;
    }
    double count = (double) down * across;
    Map<String, Double> all = new HashMap<>(scores);
    all.put("contrast", Math.sqrt(Math.max(0, squares / count - sum * sum / (count * count))));
    all.put("emptiness", Arrays.stream(cells).max().orElseThrow() / count);
    return all;
  }
}
