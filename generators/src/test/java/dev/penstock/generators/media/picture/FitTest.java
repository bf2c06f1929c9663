package dev.penstock.generators.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Specified: how a picture comes into a size of other proportions.
class FitTest {

  private static final int BLUE = 0x1E3A5F;
  /// Red, green, red in three equal upright stripes, 60 x 20.
  private static final Bitmap STRIPES = stripes();

  private static Bitmap stripes() {
    int[] rgb = new int[60 * 20];
    for (int i = 0; i < rgb.length; i++) rgb[i] = i % 60 / 20 == 1 ? 0x00FF00 : 0xFF0000;
    return new Bitmap(60, 20, rgb);
  }

  private static int at(Bitmap picture, int x, int y) {
    return picture.rgb()[y * picture.width() + x];
  }

  @Test
  void coverFillsTheSizeWithTheMiddle() {
    Bitmap square = Fit.COVER.into(STRIPES, new PictureSize(40, 40), BLUE);
    assertThat(square.width()).isEqualTo(40);
    assertThat(square.height()).isEqualTo(40);
    for (int x = 4; x < 36; x++) assertThat(at(square, x, 20)).as("column %d", x).isEqualTo(0x00FF00);
  }

  @Test
  void containKeepsAllOfItAndFramesItWithTheBackground() {
    Bitmap square = Fit.CONTAIN.into(STRIPES, new PictureSize(60, 60), BLUE);
    assertThat(at(square, 30, 19)).isEqualTo(BLUE);
    assertThat(at(square, 30, 40)).isEqualTo(BLUE);
    assertThat(at(square, 5, 30)).isEqualTo(0xFF0000);
    assertThat(at(square, 30, 30)).isEqualTo(0x00FF00);
    assertThat(at(square, 55, 30)).isEqualTo(0xFF0000);
  }

  @Test
  void stretchShowsAllOfItWithoutFrame() {
    Bitmap square = Fit.STRETCH.into(STRIPES, new PictureSize(60, 60), BLUE);
    assertThat(at(square, 5, 0)).isEqualTo(0xFF0000);
    assertThat(at(square, 30, 59)).isEqualTo(0x00FF00);
  }

  @Test
  void everyPixelCountsWhereAPictureBecomesSmaller() {
    int[] lines = new int[64 * 64];
    for (int i = 0; i < lines.length; i++) lines[i] = i % 64 % 2 == 0 ? 0xFFFFFF : 0;
    Bitmap small = new Bitmap(64, 64, lines).resized(16, 16);
    for (int x = 2; x < 14; x++) assertThat(at(small, x, 8) & 255).as("column %d", x).isBetween(120, 136);
  }
}
