package dev.penstock.bench.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The classifier of the report learns what can be learnt, and the same from the same data and seed.
final class PixelClassifierTest {

  private final double[][] pictures = new double[200][16];
  private final int[] labels = new int[200];

  /// Three kinds that no straight line parts: a bright left, a bright right, and both or neither.
  PixelClassifierTest() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < pictures.length; i++) {
      boolean left = random.nextBoolean();
      boolean right = random.nextBoolean();
      for (int p = 0; p < 16; p++) pictures[i][p] = (p % 4 < 2 ? left : right) ? 0.7 + 0.3 * random.nextDouble() : 0.3 * random.nextDouble();
      labels[i] = left == right ? 2 : left ? 0 : 1;
    }
  }

  @Test
  void learnsWhatNoStraightLineParts() {
    PixelClassifier classifier = PixelClassifier.trained(pictures, labels, 3, 1);
    assertThat(IntStream.range(0, pictures.length).filter(i -> classifier.classOf(pictures[i]) == labels[i]).count()).isGreaterThan(195);
  }

  @Test
  void learnsTheSameFromTheSameSeed() {
    PixelClassifier one = PixelClassifier.trained(pictures, labels, 3, 5);
    PixelClassifier other = PixelClassifier.trained(pictures, labels, 3, 5);
    double[] unclear = IntStream.range(0, 16).mapToDouble(p -> 0.5).toArray();
    assertThat(one.classOf(unclear)).isEqualTo(other.classOf(unclear));
    for (double[] picture : pictures) assertThat(one.classOf(picture)).isEqualTo(other.classOf(picture));
  }
}
