package dev.penstock.generators.text.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What running a real graph gives: the logits of the network that was trained, read whole or in chunks.
///
/// Reference: models/recipes/tiny-copywriter/reference.json (torch 2.15.0, fp32, CPU), tolerance 1e-3.
class LanguageModelGraphTest {

  private static final Path HOME = Path.of(System.getenv("PENSTOCK_HOME"));

  @Test
  void givesTheLogitsOfTheReferenceAfterPromptsReadInChunks() throws Exception {
    ModelFolder folder = ModelFolder.open(HOME.resolve("models/tiny-copywriter"));
    LanguageModelSection section = folder.manifest().languageModel();
    GraphShape shape =
        new GraphShape(section.layers(), section.keyValueHeads(), section.headSize(), 512, section.vocabularySize());
    Path reference = HOME.resolve("models/recipes/tiny-copywriter/reference.json");
    JsonNode chats = new ObjectMapper().readTree(reference.toFile()).get("chats");

    for (int chunk : List.of(32, 7, 1)) {
      OnnxSession session = OnnxSession.open(folder.file(section.graph()));
      try (LanguageModelGraph graph = new LanguageModelGraph(session, shape, 3, 128, chunk, 0)) {
        for (JsonNode chat : chats) {
          int[] prompt = chat.get("promptIds").valueStream().mapToInt(JsonNode::asInt).toArray();
          FloatBuffer logits = FloatBuffer.allocate(0);
          for (int start = 0; start < prompt.length; start += chunk)
            logits = graph.prefill(2, "tenant", prompt, start, Math.min(chunk, prompt.length - start));
          for (JsonNode top : chat.get("topLogits"))
            assertThat(logits.get(top.get("id").asInt())).isCloseTo((float) top.get("logit").asDouble(), within(1e-3f));
        }
      }
    }
  }
}
