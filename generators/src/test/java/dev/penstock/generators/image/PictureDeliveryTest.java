package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureReader;
import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelParameters;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified: what a prompt may say of the finished picture's file and size, and the sentences where it may not.
class PictureDeliveryTest {

  @TempDir private static Path folder;

  private static final Picture GREY = new Picture(4, 2, new double[][] {{0, 0.2, 0.4, 0.6, 0.8, 1, 0.5, 0.5}});

  private static Map<String, Object> parameters(String text) throws Exception {
    ModelFolder model = ImageModels.write(folder);
    ModelParameters allowed = model.manifest().parameters();
    Map<String, String> given = new HashMap<>();
    for (String pair : text.split(" ")) given.put(pair.split("=")[0], pair.split("=")[1]);
    return allowed.validate(given);
  }

  @ParameterizedTest
  @CsvSource({
    "format=png adSize=leaderboard, image/png, 728, 90",
    "format=jpeg adSize=medium-rectangle fit=contain background=#102030, image/jpeg, 300, 250",
    "format=png adSize=wide-skyscraper fit=stretch, image/png, 160, 600",
    "format=jpeg quality=50 adSize=970x250, image/jpeg, 970, 250",
    "format=png adSize=story, image/png, 1080, 1920",
  })
  void deliversAPictureAsThePromptWantsIt(String wanted, String mediaType, int width, int height) throws Exception {
    GenerationResult result = PictureDelivery.of(parameters(wanted)).result(GREY, Map.of(), 3);
    assertThat(result.mediaType()).isEqualTo(mediaType);
    assertThat(result.usage().pixels()).isEqualTo((long) width * height);
    Bitmap read = PictureReader.read("It", result.body(), Bitmap.MOST_PIXELS);
    assertThat(read.width()).isEqualTo(width);
    assertThat(read.height()).isEqualTo(height);
  }

  @Test
  void isAPngAsTheModelMadeItWhereThePromptSaysNothing() throws Exception {
    GenerationResult result = PictureDelivery.of(Map.of()).result(GREY, Map.of(), 0);
    assertThat(result.mediaType()).isEqualTo("image/png");
    assertThat(result.body()).isEqualTo(PngEncoder.encode(GREY));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "adSize=leaderbord | The parameter adSize names no size; allowed are billboard, cover, ",
    "adSize=20000x5000 | The parameter adSize asks for 20000 x 5000 pixels; 16 to 4096 a side are allowed.",
    "adSize=300x8      | The parameter adSize asks for 300 x 8 pixels; 16 to 4096 a side are allowed.",
    "quality=80        | The parameter quality is for jpeg and webp; set format, or leave quality out.",
    "fit=contain       | The parameter fit says how a picture comes into a size; set adSize as well.",
    "adSize=square background=navy | The parameter background is no colour; six hexadecimal digits such as #1e3a5f are needed.",
  })
  void refusesWhatCannotBeDelivered(String wanted, String sentence) {
    assertThatThrownBy(() -> PictureDelivery.of(parameters(wanted)))
        .isInstanceOf(Rejected.class)
        .hasMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "format=tiff | Parameter format is 'tiff'; one of png, jpeg, webp is allowed.",
    "fit=zoom    | Parameter fit is 'zoom'; one of cover, contain, stretch is allowed.",
    "quality=101 | Parameter quality is '101'; a whole number from 1 to 100 is allowed.",
  })
  void refusesWordsAndNumbersThatAreNotAllowedWhenAPromptIsAdmitted(String wanted, String sentence) {
    assertThatThrownBy(() -> parameters(wanted)).isInstanceOf(InvalidParameterException.class).hasMessage(sentence);
  }
}
