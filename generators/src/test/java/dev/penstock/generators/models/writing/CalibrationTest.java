package dev.penstock.generators.models.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Divergence is the Kullback-Leibler divergence of softmax distributions, in nats.
class CalibrationTest {

  @Test
  void isZeroForTheSameDistribution() {
    float[] logits = {1, 2, 3};
    float[] shifted = {101, 102, 103};

    assertThat(Calibration.divergence(logits, shifted)).isCloseTo(0, within(1e-6));
  }

  @Test
  void isTheDefinitionOnAnExampleByHand() {
    float[] quarters = {0, 0, 0, 0};
    float[] half = {(float) Math.log(3), 0, 0, 0};

    double expected = 0.25 * Math.log(0.25 / 0.5) + 0.75 * Math.log(0.25 / (0.5 / 3));
    assertThat(Calibration.divergence(quarters, half)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void staysFiniteForLargeLogits() {
    assertThat(Calibration.divergence(new float[] {1e4f, 0}, new float[] {0, 1e4f})).isCloseTo(1e4, within(1e-6));
  }
}
