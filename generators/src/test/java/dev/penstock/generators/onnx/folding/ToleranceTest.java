package dev.penstock.generators.onnx.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// What may lie between a folded product and the graph's own: half a step of 1.5 / 127 for each of the 32 elements of a
/// block times its offset, and next to nothing where the input is zero or the offset is.
class ToleranceTest {

  private final Tolerance tolerance =
      new Tolerance(32, 4, 8, new float[] {1, 1, 1, 1, 0, 0, 0, 0}, new float[] {0, 0, 0, 0, 2, -3, 0, 0});

  @Test
  void isWhatRoundingTheInputCosts() {
    assertThat(tolerance.of(ProbeInput.dense(), 0, 1)).isCloseTo(5 * 32 * 1.5f / 254, within(0.01f));
  }

  @Test
  void countsTheBlocksOfARowThatHaveValues() {
    assertThat(tolerance.of(ProbeInput.sparse(4), 1, 1)).isCloseTo(3 * 32 * 1.5f / 254, within(0.01f));
    assertThat(tolerance.of(ProbeInput.sparse(4), 2, 1)).isZero();
  }

  @Test
  void isTheRoundingOfFloatsWithoutOffsets() {
    assertThat(tolerance.of(ProbeInput.dense(), 0, 0)).isBetween(1e-9f, 0.02f);
  }
}
