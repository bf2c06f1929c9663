package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.image.Picture.Shape;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Specified: from a graph's numbers to a PNG. Both layouts, any output range, grey and colour; equal numbers are
/// equal bytes.
class PictureTest {

  private static final OutputRange UNIT = new OutputRange(0, 1);

  private static BufferedImage decoded(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(picture)));
  }

  @Test
  void readsChannelsFirstAndChannelsLast() {
    Shape first = Shape.of(new long[] {1, 3, 1, 2}, Layout.NCHW);
    Shape last = Shape.of(new long[] {1, 1, 2, 3}, Layout.NHWC);
    double[][] expected = {{0, 1}, {0.5, 0}, {1, 0.25}};
    assertThat(Picture.of(new float[] {0, 1, 0.5f, 0, 1, 0.25f}, first, UNIT).planes()).isDeepEqualTo(expected);
    assertThat(Picture.of(new float[] {0, 0.5f, 1, 1, 0, 0.25f}, last, UNIT).planes()).isDeepEqualTo(expected);
  }

  @Test
  void mapsTheOutputRangeAndCutsWhatIsBeyond() {
    Shape shape = Shape.of(new long[] {1, 1, 1, 4}, Layout.NCHW);
    double[][] planes = Picture.of(new float[] {-1, 0, 1, 3}, shape, new OutputRange(-1, 1)).planes();
    assertThat(planes[0]).containsExactly(0, 0.5, 1, 1);
  }

  @Test
  void writesGreyValuesAsTheyAre() throws IOException {
    double[] plane = new double[256];
    for (int i = 0; i < 256; i++) plane[i] = i / 255.0;
    BufferedImage image = decoded(new Picture(16, 16, new double[][] {plane}));
    assertThat(image.getColorModel().getNumComponents()).isEqualTo(1);
    for (int i = 0; i < 256; i++) assertThat(image.getRaster().getSample(i % 16, i / 16, 0)).isEqualTo(i);
  }

  @Test
  void writesRedGreenAndBlue() throws IOException {
    BufferedImage image = decoded(new Picture(1, 1, new double[][] {{1}, {0.2}, {0}}));
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFF3300);
  }

  @Test
  void givesEqualBytesForEqualPictures() {
    Picture picture = new Picture(2, 1, new double[][] {{0.3, 0.6}}).resized(200, 100);
    assertThat(PngEncoder.encode(picture)).isEqualTo(PngEncoder.encode(picture));
  }

  @Test
  void refusesAGraphThatMakesNoPictures() {
    assertThatThrownBy(() -> Shape.of(new long[] {1, 2, 28, 28}, Layout.NCHW))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("The graph makes [1, 2, 28, 28]; NCHW with 1 or 3 channels is needed.");
  }
}
