package dev.penstock.generators.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Specified: how planes are enlarged. Keys' cubic convolution keeps what is constant and what is linear, repeats a
/// plane of the same size, and stays within 0..1 at hard edges.
class CubicConvolutionTest {

  @Test
  void keepsAConstantPlane() {
    double[] plane = new double[5 * 4];
    Arrays.fill(plane, 0.3);
    assertThat(Arrays.stream(CubicConvolution.resize(plane, 5, 4, 17, 40)).boxed())
        .hasSize(17 * 40)
        .allMatch(v -> Math.abs(v - 0.3) < 1e-12);
  }

  @Test
  void repeatsAPlaneOfTheSameSize() {
    double[] plane = IntStream.range(0, 12).mapToDouble(i -> i / 12.0).toArray();
    assertThat(CubicConvolution.resize(plane, 4, 3, 4, 3)).isEqualTo(plane);
  }

  @Test
  void keepsALinearRampAwayFromTheEdges() {
    double[] ramp = IntStream.range(0, 10).mapToDouble(i -> i / 10.0).toArray();
    double[] wide = CubicConvolution.resize(ramp, 10, 1, 40, 1);
    for (int x = 8; x < 32; x++) assertThat(wide[x]).isCloseTo(((x + 0.5) / 4 - 0.5) / 10, within(1e-12));
  }

  @Test
  void staysInRangeAtAHardEdge() {
    double[] edge = {0, 0, 0, 1, 1, 1};
    double[] wide = CubicConvolution.resize(edge, 6, 1, 60, 1);
    assertThat(Arrays.stream(wide).boxed()).allMatch(v -> v >= 0 && v <= 1);
    assertThat(wide[29] + wide[30]).as("symmetric about the edge").isCloseTo(1, within(1e-12));
  }

  @Test
  void treatsColumnsLikeRows() {
    double[] plane = {0.1, 0.9, 0.4, 0.7, 0.2, 0.6};
    double[] transposed = {0.1, 0.7, 0.9, 0.2, 0.4, 0.6};
    double[] wide = CubicConvolution.resize(plane, 3, 2, 9, 8);
    double[] tall = CubicConvolution.resize(transposed, 2, 3, 8, 9);
    for (int y = 0; y < 8; y++)
      for (int x = 0; x < 9; x++) assertThat(wide[y * 9 + x]).isCloseTo(tall[x * 8 + y], within(1e-12));
  }
}
