package dev.penstock.generators.image.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.VqImageSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled model: prior and decoder compute what torch computes, whose figures are the recipe's
/// `reference.json` with inputs that are formulas; a picture does not depend on those beside it.
class ProductVqTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");
  private static final int WORD_SIZE = 384;
  private static final int STEP_BETWEEN_NUMBERS = 16;

  private final ModelFolder folder = ModelFolder.open(MODELS.resolve("product-vq"));
  private final VqImageSection section = folder.manifest().vqImage();

  @Test
  void computesTheLogitsOfTheReference() throws Exception {
    JsonNode rows = reference().get("logits");
    int count = rows.size();
    try (OnnxSession prior = OnnxSession.open(folder.file(section.prior()));
        OnnxValue code = OnnxValue.copyOf(rising(count, 60), count);
        OnnxValue position = OnnxValue.copyOf(rising(count, 20), count);
        OnnxValue words = OnnxValue.copyOf(words(count), count, section.textTokens(), WORD_SIZE);
        OnnxValue mask = OnnxValue.copyOf(mask(count), count, section.textTokens());
        OnnxValue past = OnnxValue.copyOf(cosines(1, 0.37, count * section.cacheSize()), count, section.cacheSize())) {
      OnnxValue logits =
          prior.run(Map.of("code", code, "position", position, "words", words, "mask", mask, "past", past)).get("logits");
      for (int row = 0; row < count; row++)
        for (int i = 0; i < section.codes(); i++)
          assertThat(logits.floats().get(row * section.codes() + i))
              .as("row " + row + ", code " + i)
              .isCloseTo((float) rows.get(row).get(i).asDouble(), within(1e-4f));
    }
  }

  @Test
  void decodesThePicturesOfTheReference() throws Exception {
    JsonNode images = reference().get("images");
    CodeDecoder decoder = new CodeDecoder(section, OnnxSession.open(folder.file(section.decoder())));
    try {
      for (int row = 0; row < images.size(); row++) {
        long[] codes = new long[section.places()];
        for (int i = 0; i < codes.length; i++) codes[i] = 7L * (codes.length * row + i) % 256;
        float[] picture = decoder.picture(codes);
        for (int i = 0; i < images.get(row).size(); i++)
          assertThat(picture[i * STEP_BETWEEN_NUMBERS])
              .as("row " + row + ", number " + i)
              .isCloseTo((float) images.get(row).get(i).asDouble(), within(1e-4f));
      }
    } finally {
      decoder.close();
    }
  }

  private static JsonNode reference() throws IOException {
    return new ObjectMapper().readTree(MODELS.resolve("recipes/product-vq/reference.json").toFile());
  }

  private static long[] rising(int count, int by) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) numbers[i] = (long) by * i;
    return numbers;
  }

  private static float[] cosines(double height, double turn, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) numbers[i] = (float) (height * Math.cos(turn * i));
    return numbers;
  }

  private float[] words(int count) {
    float[] words = cosines(0.3, 0.23, count * section.textTokens() * WORD_SIZE);
    float[] mask = mask(count);
    for (int i = 0; i < words.length; i++) words[i] *= mask[i / WORD_SIZE];
    return words;
  }

  private float[] mask(int count) {
    float[] mask = new float[count * section.textTokens()];
    for (int row = 0; row < count; row++)
      for (int i = 0; i < 5 + 3 * row && i < section.textTokens(); i++) mask[row * section.textTokens() + i] = 1;
    return mask;
  }

  @Test
  void givesTheSameBitsAloneAndBesideOthers() throws Exception {
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
        VqImageGenerator generator = VqImageGenerator.open(folder, embedder)) {
      List<PreparedCodes> prepared = new ArrayList<>();
      for (String text : List.of("a red mug", "a teal sofa on white", "a navy dress with dots", "a pink hat"))
        prepared.add(generator.prepare(request(text, prepared.size())));
      List<float[]> together = drafts(generator, prepared);
      for (int i = 0; i < prepared.size(); i++)
        assertThat(drafts(generator, List.of(prepared.get(i))).getFirst()).as("row " + i).isEqualTo(together.get(i));
    }
  }

  private GenerationRequest request(String text, long seed) {
    Map<String, Object> values = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, seed, 0, 1, Priority.NORMAL, null);
  }

  private List<float[]> drafts(VqImageGenerator generator, List<PreparedCodes> prepared) throws Exception {
    Stepper<PreparedCodes, float[]> stepper = generator.stepper();
    for (int i = 0; i < prepared.size(); i++) stepper.admit(i, prepared.get(i));
    float[][] drafts = new float[prepared.size()][];
    for (int step = 0; step < section.places(); step++)
      for (Ended<float[]> end : stepper.step())
        if (end instanceof Ended.Finished<float[]>(long execution, float[] draft, int _)) drafts[(int) execution] = draft;
    return List.of(drafts);
  }
}
