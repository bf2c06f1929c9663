package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A picture's scores say whether there is anything to see on it, whatever its size.
class PictureScoresTest {

  @Test
  void aFlatPictureIsEmptyAndHasNoContrast() {
    double[] grey = new double[300 * 200];
    Arrays.fill(grey, 0.7);
    Map<String, Double> scores = PictureScores.with(Map.of(), new Picture(300, 200, new double[][] {grey, grey, grey}));
    assertThat(scores.get("contrast")).isCloseTo(0, within(1e-6));
    assertThat(scores.get("emptiness")).isEqualTo(1);
  }

  @Test
  void halfBlackAndHalfWhiteIsTheMostContrastThereIs() {
    double[] halves = new double[128 * 128];
    for (int i = 0; i < halves.length; i++) halves[i] = i % 128 < 64 ? 0 : 1;
    Map<String, Double> scores = PictureScores.with(Map.of("relevance", 0.3), new Picture(128, 128, new double[][] {halves}));
    assertThat(scores.get("contrast")).isCloseTo(0.5, within(1e-9));
    assertThat(scores.get("emptiness")).isEqualTo(0.5);
    assertThat(scores).containsEntry("relevance", 0.3);
  }

  @Test
  void aPictureSmallerThanTheLatticeIsLookedAtAsAWhole() {
    Picture picture = new Picture(2, 1, new double[][] {{0, 1}, {1, 1}, {0, 1}});
    assertThat(PictureScores.with(Map.of(), picture)).containsEntry("emptiness", 0.5);
  }
}
