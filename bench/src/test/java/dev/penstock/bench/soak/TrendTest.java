package dev.penstock.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A series that stands still is told from one that grows, and by how much it may grow at most.
class TrendTest {

  @Test
  void aLineHasItsSlopeAndNoDoubt() {
    Trend trend = Trend.of(new double[] {0, 1, 2, 3, 4}, new double[] {10, 12, 14, 16, 18});

    assertThat(trend.mean()).isEqualTo(14);
    assertThat(trend.slope()).isEqualTo(2, within(1e-9));
    assertThat(trend.upperSlope()).isEqualTo(2, within(1e-9));
    assertThat(trend.atStart()).isEqualTo(10, within(1e-9));
    assertThat(trend.mostGrowth(7)).isEqualTo(1, within(1e-9));
  }

  /// By hand: the slope is 22/35 and its standard error 0.2100; tables of Student's t have 2.132 for 95% at 4 degrees.
  @Test
  void theBoundIsStudentsOne() {
    Trend trend = Trend.of(new double[] {0, 1, 2, 3, 4, 5}, new double[] {3, 5, 4, 6, 5, 7});

    assertThat(trend.slope()).isEqualTo(0.6286, within(1e-4));
    assertThat(trend.upperSlope()).isEqualTo(0.6286 + 2.132 * 0.2100, within(0.01));
  }

  @Test
  void noiseIsAboveItsBoundOnceInTwenty() {
    Random random = new Random(20261122);
    double[] x = IntStream.range(0, 30).asDoubleStream().toArray();
    int above = 0;
    for (int i = 0; i < 2_000; i++)
      if (Trend.of(x, random.doubles(30).toArray()).upperSlope() < 0) above++;

    assertThat(above).isBetween(60, 140);
  }

  @Test
  void fourValuesAreTooFew() {
    assertThatThrownBy(() -> Trend.of(new double[4], new double[4])).hasMessageContaining("at least 5");
  }
}
