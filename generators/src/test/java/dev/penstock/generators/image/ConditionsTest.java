package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified, on a small model of objects and colours: each condition is chosen by its parameter or by the prompt's
/// words, the colour by the word that stands nearest to the object's; pictures come in colour.
class ConditionsTest {

  private static final List<String> OBJECTS = List.of("mug", "chair");
  private static final List<String> COLOURS = List.of("red", "blue", "white");

  @TempDir static Path folder;
  private static MiniLmEmbedder embedder;
  private static OneShotImageGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    embedder = MiniLmEmbedder.open();
    generator = OneShotImageGenerator.open(ImageModels.writeProducts(folder), embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static GenerationRequest request(String text, long seed, Map<String, Object> parameters) {
    return new GenerationRequest("id", "tenant", new Input.Text(text), parameters, seed, 0, 1, Priority.NORMAL, null);
  }

  private static String found(PreparedImage prepared) {
    return COLOURS.get(prepared.label(1)) + " " + OBJECTS.get(prepared.label(0));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      a red mug on a white background                    | red mug
      on a white background, two blue cups               | blue mug
      the armchair is white, the wall behind it is red   | white chair
      white background with a blue chair                 | blue chair
      """)
  void takesTheColourWhoseWordStandsNearestToTheObject(String prompt, String expected) throws Exception {
    PreparedImage prepared = generator.prepare(request(prompt, 1, Map.of()));
    assertThat(found(prepared)).isEqualTo(expected);
    assertThat(prepared.scores()).containsEntry("colourMatch", 1.0).containsKey("objectMatch");
  }

  @Test
  void letsParametersDecideBeforeWords() throws Exception {
    PreparedImage prepared =
        generator.prepare(request("a red mug", 1, Map.of("object", "chair", "colour", "blue")));
    assertThat(found(prepared)).isEqualTo("blue chair");
    assertThat(prepared.scores()).as("nothing was matched").isEmpty();
  }

  @Test
  void drawsAColourBySeedWhereNoneIsAskedFor() throws Exception {
    List<String> colours = LongStream.range(0, 30).mapToObj(seed -> colourOf(seed)).toList();
    assertThat(colours).containsAll(COLOURS);
    assertThat(LongStream.range(0, 30).mapToObj(seed -> colourOf(seed))).isEqualTo(colours);
  }

  private static String colourOf(long seed) {
    try {
      return COLOURS.get(generator.prepare(request("a mug", seed, Map.of())).label(1));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rejectsAPromptWithoutAnObjectAndAColourItDoesNotHave() {
    Rejected nothing = catchThrowableOfType(Rejected.class, () -> generator.prepare(request("quarterly report", 1, Map.of())));
    assertThat(nothing).hasMessageContaining("mug, chair, or set the parameter object");
    Rejected unknown =
        catchThrowableOfType(Rejected.class, () -> generator.prepare(request("a mug", 1, Map.of("colour", "plaid"))));
    assertThat(unknown.reason()).isEqualTo("UNKNOWN_CLASS");
    assertThat(unknown).hasMessageContaining("The parameter colour").hasMessageContaining("red, blue, white");
  }

  @Test
  void drawsInColour() throws Exception {
    GenerationRequest request = request("a red mug", 1, Map.of());
    PreparedImage prepared = generator.prepare(request);
    generator.stepper().admit(1, prepared);
    if (!(generator.stepper().step().getFirst() instanceof Ended.Finished<float[]>(long _, float[] draft, int _)))
      throw new AssertionError();
    assertThat(draft).hasSize(3 * 4 * 6);
    GenerationResult result = generator.complete(request, prepared, draft);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.body()));
    int pixel = image.getRGB(0, 0);
    assertThat(List.of(pixel >> 16 & 255, pixel >> 8 & 255)).doesNotContain(pixel & 255);
  }
}
