package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the pulled SmolLM2-135M-Instruct promises through the generator, in the quantised form in which it is pulled:
/// prompts as transformers writes them, and the same tokens alone and in a ragged batch.
///
/// Skipped unless the model was pulled. Origin of the reference: smollm2-reference.SOURCE.
@Tag("smollm2")
class SmolLm2Test {

  private static final String NAME = "smollm2-135m-instruct";

  private static MiniLmEmbedder embedder;
  private static LanguageModelGenerator generator;
  private static ModelFolder folder;

  @BeforeAll
  static void open() {
    Path path = ModelRepository.userCache(System.getenv()).resolve(NAME);
    assumeTrue(Files.isDirectory(path), "SmolLM2 was not pulled: penstock models pull " + NAME);
    folder = ModelFolder.open(path);
    embedder = MiniLmEmbedder.open();
    generator = LanguageModelGenerator.open(folder, embedder);
  }

  @AfterAll
  static void close() {
    if (generator == null) return;
    generator.close();
    embedder.close();
  }

  @Test
  void writesPromptsAsTheReferenceDoes() throws Exception {
    try (InputStream json = ModelFolder.class.getResourceAsStream("gguf/smollm2-reference.json")) {
      for (JsonNode example : new ObjectMapper().readTree(json).get("generation")) {
        int[] expected = example.get("prompt_ids").valueStream().mapToInt(JsonNode::asInt).toArray();
        PreparedPrompt prepared = generator.prepare(request(0, example.get("prompt").asText(), 16));

        assertThat(prepared.tokens()).containsExactly(expected);
      }
    }
  }

  @Test
  void givesTheSameTokensAloneAndInARaggedBatch() throws Exception {
    List<PreparedPrompt> prompts = new ArrayList<>();
    for (int i = 0; i < 8; i++)
      prompts.add(generator.prepare(request(i, "Write a slogan. " + "Light, dry and warm. ".repeat(i * 4), 6 + i)));
    List<List<int[]>> alone = new ArrayList<>();
    for (PreparedPrompt prompt : prompts) alone.add(run(List.of(prompt)).getFirst());

    List<List<int[]>> together = run(prompts);

    for (int i = 0; i < prompts.size(); i++)
      assertThat(together.get(i).toArray(int[][]::new))
          .as("prompt %d", i)
          .isDeepEqualTo(alone.get(i).toArray(int[][]::new));
  }

  private static List<List<int[]>> run(List<PreparedPrompt> prompts) throws Exception {
    Map<Long, List<int[]>> tokens = new TreeMap<>();
    for (int i = 0; i < prompts.size(); i++) generator.stepper().admit(i, prompts.get(i));
    while (tokens.size() < prompts.size())
      for (Ended<TextDraft> ended : generator.stepper().step())
        tokens.put(
            ended.execution(),
            ((Ended.Finished<TextDraft>) ended).draft().answers().stream().map(TextDraft.Answer::tokens).toList());
    return List.copyOf(tokens.values());
  }

  private static GenerationRequest request(int i, String brief, long maxTokens) {
    Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    parameters.put("temperature", i % 2 * 0.7);
    parameters.put("maxTokens", maxTokens);
    int candidates = IntStream.of(3, 5).anyMatch(wide -> wide == i) ? 3 : 1;
    return new GenerationRequest(
        "content-" + i, "tenant", new Input.Text(brief), parameters, i, 0, candidates, Priority.NORMAL, null);
  }
}
