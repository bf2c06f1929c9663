package dev.penstock.generators.media.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.GenerationException.Rejected;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Specified: pictures that somebody else made are read, and what is none, or too large, is refused with a sentence
/// before its pixels are.
class PictureReaderTest {

  private static final byte[] PNG = PictureFormat.PNG.encode(Bitmap.filled(5, 4, 0x336699), 1);

  private static String refusal(String text, long mostPixels) {
    return String.valueOf(
        org.assertj.core.api.Assertions.catchThrowableOfType(
                Rejected.class, () -> PictureReader.parse("picture", text, mostPixels))
            .getMessage());
  }

  @Test
  void readsBase64AloneAndAsADataUri() throws Exception {
    String base64 = Base64.getEncoder().encodeToString(PNG);
    for (String text : new String[] {base64, "data:image/png;base64," + base64}) {
      Bitmap read = PictureReader.parse("picture", text, 100);
      assertThat(read.width()).isEqualTo(5);
      assertThat(read.height()).isEqualTo(4);
      assertThat(read.rgb()).containsOnly(0x336699);
    }
  }

  @Test
  void refusesWhatIsNoPicture() {
    String words = Base64.getEncoder().encodeToString("no picture at all".getBytes(UTF_8));
    assertThat(refusal(words, 100))
        .isEqualTo("The parameter picture is no picture that can be read; PNG, JPEG, GIF and BMP can.");
    assertThat(refusal("data:image/png,abc", 100))
        .isEqualTo(
            "The parameter picture is a data URI without base64; a PNG, JPEG, GIF or BMP in base64 is needed.");
  }

  @Test
  void refusesAPictureThatBreaksOff() {
    for (int length = 9; length < PNG.length - 20; length += 7) {
      byte[] part = Arrays.copyOf(PNG, length);
      assertThatThrownBy(() -> PictureReader.read("It", part, 100))
          .as("the first %d bytes", length)
          .isInstanceOf(Rejected.class)
          .hasMessage("It is no picture that can be read; PNG, JPEG, GIF and BMP can.");
    }
  }

  @Test
  void refusesAHundredMegapixelsByTheHeaderAlone() {
    byte[] large = PNG.clone();
    // IHDR: width and height are bytes 16 to 23 of a PNG.
    ByteBuffer.wrap(large).putInt(16, 10_000).putInt(20, 10_000);
    assertThat(refusal(Base64.getEncoder().encodeToString(large), Bitmap.MOST_PIXELS))
        .isEqualTo(
            "The parameter picture is a picture of 10000 x 10000 pixels; at most 33177600 pixels are allowed.");
  }
}
