package dev.penstock.generators.models.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.source.ModelCatalogue;
import dev.penstock.generators.models.source.ModelPuller;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.LanguageModelWriter;
import dev.penstock.generators.models.writing.NextTokens;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real SmolLM2-135M-Instruct, imported, agrees with a stored reference that was made with transformers: token ids
/// exactly, float32 logits to 0.01, greedy answers exactly; and the pulled form is near it.
///
/// Skipped unless the model was pulled. Origin and tolerances: smollm2-reference.SOURCE.
@Tag("smollm2")
class SmolLm2ReferenceTest {

  private static final String NAME = "smollm2-135m-instruct";
  private static final int CAPACITY = 96;

  @TempDir
  private static Path root;
  private static JsonNode reference;
  private static ModelFolder float32;

  @BeforeAll
  static void importInFloat32() throws IOException {
    Optional<Path> gguf = ModelPuller.of(ModelCatalogue.bundled(), System.getenv()).fetchedFile(NAME);
    assumeTrue(gguf.isPresent(), "SmolLM2 was not pulled: penstock models pull " + NAME);
    try (InputStream json = SmolLm2ReferenceTest.class.getResourceAsStream("smollm2-reference.json")) {
      reference = new ObjectMapper().readTree(json);
    }
    var options = new ImportOptions(
        NAME, "1.0.0", "Apache-2.0", "test", "Float32.", List.of(WeightForm.FLOAT32), 128);
    float32 = GgufImporter.importModel(gguf.get(), root.resolve(NAME), options, Progress.NONE).folder();
  }

  @Test
  void tokenizesAsTheReferenceDoes() throws IOException {
    try (var tokenizer = Tokenizer.open(float32.file("tokenizer.json"))) {
      for (JsonNode example : reference.get("tokenizer")) {
        assertThat(tokenizer.encode(example.get("text").asText())).as(example.get("text").asText())
            .containsExactly(ints(example.get("ids")));
      }
    }
  }

  @Test
  void answersAsTheReferenceDoes() {
    var section = float32.manifest().languageModel();
    try (var model = NextTokens.open(float32.file(section.graph()), section, 1, CAPACITY)) {
      for (JsonNode example : reference.get("generation")) {
        int[] prompt = ints(example.get("prompt_ids"));
        float[] logits = new float[section.vocabularySize()];
        for (int i = 0; i < prompt.length; i++) {
          read(model.step(i, prompt[i]), logits);
        }
        assertTop8(logits, example.get("first_logits_top8"));
        assertThat(greedy(model, logits, prompt.length, ints(example.get("greedy_ids")).length))
            .as(example.get("prompt").asText()).containsExactly(ints(example.get("greedy_ids")));
      }
    }
  }

  @Test
  void pulledFormIsNearTheOriginal() {
    var manifest = new ModelRepository(List.of(ModelRepository.userCache(System.getenv()))).find(NAME).manifest();

    assertThat(manifest.languageModel().weights()).isEqualTo("q4sum");
    assertThat(manifest.languageModel().contextLength()).isEqualTo(2048);
    assertThat(manifest.languageModel().stopTokens()).contains("<|im_end|>");
    assertThat(((Map<?, ?>) manifest.measured().get("calibration")).get("klDivergence"))
        .isInstanceOfSatisfying(Double.class, nats -> assertThat(nats).isBetween(0.0, LanguageModelWriter.MAX_DIVERGENCE));
  }

  private static int[] greedy(NextTokens model, float[] logits, int position, int count) {
    int[] answer = new int[count];
    for (int i = 0; i < count; i++) {
      answer[i] = largest(logits).getFirst();
      if (i + 1 < count) {
        read(model.step(position + i, answer[i]), logits);
      }
    }
    return answer;
  }

  private static void assertTop8(float[] logits, JsonNode expected) {
    List<Integer> ids = new ArrayList<>();
    for (JsonNode pair : expected) {
      int id = pair.get(0).asInt();
      ids.add(id);
      assertThat(logits[id]).isCloseTo((float) pair.get(1).asDouble(), within(0.01f));
    }
    assertThat(largest(logits).subList(0, ids.size())).containsExactlyInAnyOrderElementsOf(ids);
  }

  private static List<Integer> largest(float[] logits) {
    return IntStream.range(0, logits.length).boxed()
        .sorted(Comparator.comparingDouble(id -> -logits[id])).limit(8).toList();
  }

  private static void read(FloatBuffer from, float[] into) {
    from.get(0, into);
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }
}
