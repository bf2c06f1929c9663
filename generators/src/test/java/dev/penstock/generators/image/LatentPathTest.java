package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import org.junit.jupiter.api.Test;

/// Specified: what lies between two latent vectors is as long as they are where they are normal, and in their cube where
/// they are uniform.
class LatentPathTest {

  private static final float[] FROM = LatentDraw.draw(1, 400, LatentDistribution.NORMAL, 1);
  private static final float[] TO = LatentDraw.draw(2, 400, LatentDistribution.NORMAL, 1);

  private static double length(float[] vector) {
    double sum = 0;
    for (float v : vector) sum += (double) v * v;
    return Math.sqrt(sum);
  }

  @Test
  void beginsAndEndsAtTheTwo() {
    for (LatentDistribution distribution : LatentDistribution.values()) {
      assertThat(LatentPath.between(FROM, TO, 0, distribution)).containsExactly(FROM, within(1e-6f));
      assertThat(LatentPath.between(FROM, TO, 1, distribution)).containsExactly(TO, within(1e-6f));
    }
  }

  @Test
  void keepsTheLengthOfNormalVectors() {
    double middle = length(LatentPath.between(FROM, TO, 0.5, LatentDistribution.NORMAL));
    assertThat(middle).isBetween(Math.min(length(FROM), length(TO)) * 0.95, Math.max(length(FROM), length(TO)) * 1.05);
  }

  @Test
  void goesStraightBetweenUniformVectors() {
    float[] a = {-1, 0.5f};
    float[] b = {1, 0.25f};
    assertThat(LatentPath.between(a, b, 0.25, LatentDistribution.UNIFORM)).containsExactly(-0.5f, 0.4375f);
  }

  @Test
  void staysWhereTheTwoAreTheSame() {
    assertThat(LatentPath.between(FROM, FROM, 0.3, LatentDistribution.NORMAL)).containsExactly(FROM, within(1e-6f));
  }
}
