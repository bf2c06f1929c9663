package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Specified: which numbers a seed stands for. The references were computed by a Python program that follows the
/// class comment of [LatentDraw]; changing them changes what stored seeds mean.
class LatentDrawTest {

  @Test
  void drawsTheNormalNumbersOfTheSeed() {
    assertThat(LatentDraw.draw(42, 5, LatentDistribution.NORMAL, 1))
        .containsExactly(0.4929506480693817f, -0.6940056681632996f, -1.2810773849487305f, -0.901557207107544f,
            -0.6018779873847961f);
  }

  @Test
  void drawsTheUniformNumbersOfTheSeed() {
    assertThat(LatentDraw.draw(42, 3, LatentDistribution.UNIFORM, 0.5))
        .containsExactly(0.24156488478183746f, -0.3400896191596985f, -0.22139887511730194f);
  }

  @Test
  void scalesByTheTruncation() {
    float[] whole = LatentDraw.draw(7, 16, LatentDistribution.NORMAL, 1);
    float[] half = LatentDraw.draw(7, 16, LatentDistribution.NORMAL, 0.5);
    for (int i = 0; i < 16; i++) assertThat(half[i]).isEqualTo(whole[i] / 2);
  }

  @Test
  void drawsFromTheStandardNormalDistribution() {
    float[] many = LatentDraw.draw(1, 1_000_000, LatentDistribution.NORMAL, 1);
    assertThat(mean(many, 1)).isCloseTo(0, within(0.005));
    assertThat(mean(many, 2)).isCloseTo(1, within(0.01));
    assertThat(mean(many, 4)).isCloseTo(3, within(0.05));
  }

  private static double mean(float[] values, int power) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i], power)).average().orElseThrow();
  }
}
