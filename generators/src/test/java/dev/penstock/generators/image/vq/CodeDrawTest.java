package dev.penstock.generators.image.vq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified: codes are drawn by the softmax of their logits after the temperature, among the likeliest ones.
class CodeDrawTest {

  /// Probabilities 0.1, 0.2, 0.3 and 0.4 at temperature 1.
  private static final float[] LOGITS = {(float) Math.log(1), (float) Math.log(2), (float) Math.log(3), (float) Math.log(4)};

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0.05, 0", "1, 0, 0.15, 1", "1, 0, 0.29, 1", "1, 0, 0.31, 2", "1, 0, 0.61, 3", "1, 0, 0.9999, 3",
    "1, 2, 0.1, 2", "1, 2, 0.42, 2", "1, 2, 0.44, 3",
    "0.5, 0, 0.03, 0", "0.5, 0, 0.04, 1", "0.5, 0, 0.46, 2", "0.5, 0, 0.48, 3",
    "0, 0, 0.01, 3", "1, 1, 0.01, 3", "1, 99, 0.05, 0"
  })
  void drawsByProbability(double temperature, int topK, double draw, int expected) {
    assertThat(CodeDraw.of(LOGITS, temperature, topK, draw)).isEqualTo(expected);
  }

  @Test
  void keepsThoseThatAreAsLikelyAsTheLastAmongTheLikeliest() {
    assertThat(CodeDraw.of(new float[] {1, 1, 1}, 1, 2, 0.99)).isEqualTo(2);
  }

  @Test
  void takesNoCodeThatCannotBe() {
    float[] logits = {0, -1e30f, 0};
    for (double draw = 0; draw < 1; draw += 0.01) assertThat(CodeDraw.of(logits, 1, 0, draw)).isNotEqualTo(1);
  }
}
