package dev.penstock.generators.image;

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
import dev.penstock.generators.models.OneShotImageSection.Condition;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Specified, on the bundled GANs: pictures equal those of torch, whose figures are the recipe's `reference.json`, and do
/// not depend on their batch.
class OneShotReferenceTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");

  private static MiniLmEmbedder embedder;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fashion-gan", "product-dcgan"})
  void drawsThePicturesOfTheReference(String model) throws Exception {
    ModelFolder folder = ModelFolder.open(MODELS.resolve(model));
    try (OneShotImageGenerator generator = OneShotImageGenerator.open(folder, embedder)) {
      for (JsonNode reference : reference(model)) {
        List<float[]> labels = new ArrayList<>();
        for (Condition condition : folder.manifest().oneShotImage().conditions())
          labels.add(label(condition, reference));
        PreparedImage prepared = new PreparedImage(labels, numbers(reference.get("latent")), Map.of());
        assertThat(drafts(generator, List.of(prepared)).getFirst())
            .containsExactly(numbers(reference.get("image")), within(1e-4f));
      }
    }
  }

  /// A model with one condition has its label under `label`.
  private static float[] label(Condition condition, JsonNode reference) {
    JsonNode name = reference.has("label") ? reference.get("label") : reference.get(condition.parameter());
    int number = condition.labels().indexOf(name.asText());
    assertThat(number).as(name.asText()).isNotNegative();
    return PreparedImage.only(number, condition.labels().size());
  }

  private static JsonNode reference(String model) throws IOException {
    JsonNode cases =
        new ObjectMapper().readTree(MODELS.resolve("recipes/" + model + "/reference.json").toFile()).get("cases");
    assertThat(cases).isNotEmpty();
    return cases;
  }

  private static float[] numbers(JsonNode list) {
    float[] numbers = new float[list.size()];
    for (int i = 0; i < numbers.length; i++) numbers[i] = (float) list.get(i).asDouble();
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"fashion-gan", "product-dcgan"})
  void givesTheSameBitsAloneAndInABatch(String model) throws Exception {
    ModelFolder folder = ModelFolder.open(MODELS.resolve(model));
    try (OneShotImageGenerator generator = OneShotImageGenerator.open(folder, embedder)) {
      List<PreparedImage> prepared = new ArrayList<>();
      for (int seed = 0; seed < 16; seed++) prepared.add(asking(generator, folder, seed));
      List<float[]> together = drafts(generator, prepared);
      for (int i = 0; i < 16; i++)
        assertThat(drafts(generator, List.of(prepared.get(i))).getFirst()).as("row " + i).isEqualTo(together.get(i));
    }
  }

  private static PreparedImage asking(OneShotImageGenerator generator, ModelFolder folder, long seed) throws Exception {
    Map<String, String> chosen = new HashMap<>();
    for (Condition condition : folder.manifest().oneShotImage().conditions())
      chosen.put(condition.parameter(), condition.labels().get((int) seed % condition.labels().size()));
    Map<String, Object> values = new HashMap<>(folder.manifest().parameters().validate(chosen));
    return generator.prepare(
        new GenerationRequest("id", "tenant", new Input.Text(""), values, seed, 0, 1, Priority.NORMAL, null));
  }

  private static List<float[]> drafts(OneShotImageGenerator generator, List<PreparedImage> prepared) throws Exception {
    Stepper<PreparedImage, float[]> stepper = generator.stepper();
    for (int i = 0; i < prepared.size(); i++) stepper.admit(i, prepared.get(i));
    float[][] drafts = new float[prepared.size()][];
    for (Ended<float[]> end : stepper.step())
      if (end instanceof Ended.Finished<float[]>(long execution, float[] draft, int _)) drafts[(int) execution] = draft;
    return List.of(drafts);
  }
}
