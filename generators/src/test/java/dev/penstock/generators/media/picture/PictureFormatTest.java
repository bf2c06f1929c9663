package dev.penstock.generators.media.picture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Specified: the files that pictures are delivered as.
class PictureFormatTest {

  private static final Bitmap PICTURE = picture();

  private static Bitmap picture() {
    int[] rgb = new int[48 * 32];
    for (int i = 0; i < rgb.length; i++) rgb[i] = i % 48 * 5 << 16 | i / 48 * 7 << 8 | 100;
    return new Bitmap(48, 32, rgb);
  }

  @ParameterizedTest
  @EnumSource(PictureFormat.class)
  void writesTheSamePictureAsTheSameBytes(PictureFormat format) {
    assertThat(format.encode(PICTURE, 80)).isEqualTo(format.encode(PICTURE, 80));
  }

  @Test
  void pngLosesNothing() throws Exception {
    Bitmap read = PictureReader.read("It", PictureFormat.PNG.encode(PICTURE, 1), 10_000);
    assertThat(read.rgb()).isEqualTo(PICTURE.rgb());
  }

  @Test
  void jpegLosesLittle() throws Exception {
    Bitmap read = PictureReader.read("It", PictureFormat.JPEG.encode(PICTURE, 95), 10_000);
    for (int i = 0; i < read.rgb().length; i++)
      assertThat(Math.abs((read.rgb()[i] >> 8 & 255) - (PICTURE.rgb()[i] >> 8 & 255))).as("green of %d", i).isLessThan(12);
  }

  /// Container: developers.google.com/speed/webp/docs/riff_container; a lossy picture alone is one chunk "VP8 ", whose
  /// key frame has width and height in bytes 26 to 29 of the file (RFC 6386, 9.1).
  @Test
  void webpIsALossyPictureOfTheSameSize() {
    byte[] file = PictureFormat.WEBP.encode(PICTURE, 80);
    assertThat(new String(Arrays.copyOfRange(file, 0, 4), US_ASCII)).isEqualTo("RIFF");
    assertThat(new String(Arrays.copyOfRange(file, 8, 16), US_ASCII)).isEqualTo("WEBPVP8 ");
    assertThat((file[26] & 255) + ((file[27] & 63) << 8)).isEqualTo(48);
    assertThat((file[28] & 255) + ((file[29] & 63) << 8)).isEqualTo(32);
  }

  @ParameterizedTest
  @EnumSource(value = PictureFormat.class, names = {"JPEG", "WEBP"})
  void lessQualityIsLess(PictureFormat format) {
    assertThat(format.encode(PICTURE, 10).length).isLessThan(format.encode(PICTURE, 95).length);
  }
}
