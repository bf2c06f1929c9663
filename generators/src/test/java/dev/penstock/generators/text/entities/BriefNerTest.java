package dev.penstock.generators.text.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.families.GeneratorLoader;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled model: tokenizer, graph and reading of labels in Java give what `tokenizers` and torch gave its
/// recipe; a brief and a customer's text are understood, and what can be checked is.
class BriefNerTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");

  private static ModelFolder folder;
  private static TokenClassificationGenerator generator;

  @BeforeAll
  static void open() {
    folder = ModelFolder.open(MODELS.resolve("brief-ner"));
    generator = TokenClassificationGenerator.open(folder);
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  private static List<JsonNode> entities(String text) throws Exception {
    return Encoders.entities(Encoders.result(generator, Encoders.request(folder, text, Map.of())));
  }

  private static List<String> typesAndTexts(String text) throws Exception {
    return entities(text).stream().map(entity -> entity.get("type").asText() + " " + entity.get("text").asText()).toList();
  }

  @Test
  void readsTextsAsItsRecipeDid() throws Exception {
    JsonNode reference = new ObjectMapper().readTree(MODELS.resolve("recipes/brief-ner/reference.json").toFile());
    assertThat(reference.get("model").get("model.onnx").asText()).isEqualTo(folder.manifest().files().get("model.onnx"));
    for (JsonNode row : reference.get("texts")) {
      PreparedText prepared = generator.prepare(Encoders.request(folder, row.get("text").asText(), Map.of()));
      assertThat(prepared.row(prepared.windows().getFirst()))
          .containsExactly(row.get("ids").valueStream().mapToInt(JsonNode::asInt).toArray());
      List<JsonNode> found = entities(row.get("text").asText());
      List<JsonNode> expected = row.get("entities").valueStream().toList();
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        for (String key : List.of("type", "text", "start", "end"))
          assertThat(found.get(i).get(key).asText()).isEqualToIgnoringCase(expected.get(i).get(key).asText());
        assertThat(found.get(i).get("score").asDouble()).isCloseTo(expected.get(i).get("score").asDouble(), within(1e-3));
      }
    }
  }

  @Test
  void understandsABrief() throws Exception {
    assertThat(typesAndTexts("Write a slogan for the Halvorsen trekking backpack, on sale for €89.90 from 3 May 2026."))
        .containsExactly("BRAND Halvorsen", "PRODUCT trekking backpack", "PRICE €89.90", "DATE 3 May 2026");
  }

  @Test
  void understandsACustomerAndChecksWhatCanBeChecked() throws Exception {
    List<JsonNode> entities =
        entities("Hello, my name is Gwendolyn Achterberg. Please call me on +1 (212) 555-0147 or write to g.achterberg@example.com.");
    assertThat(entities).extracting(entity -> entity.get("type").asText()).containsExactly("PERSON", "PHONE", "EMAIL");
    assertThat(entities.getFirst().has("check")).isFalse();
    assertThat(entities.subList(1, 3)).allMatch(entity -> entity.get("check").asText().equals("passed"));
  }

  @Test
  void runsOnTheEngine() throws Exception {
    CompletableFuture<GenerationResult> done = new CompletableFuture<>();
    GenerationRequest request = Encoders.request(folder, "Hello, my name is Gwendolyn Achterberg. Please call me on +1 (212) 555-0147 or write to g.achterberg@example.com.", Map.of());
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
        StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(1), EngineClock.system())) {
      engine.add(folder.digest(), GeneratorLoader.open(folder, embedder));
      engine.submit(folder.digest(), request, result -> result, new Completion<GenerationResult>() {
        @Override
        public void completed(GenerationResult result) {
          done.complete(result);
        }

        @Override
        public void failed(GenerationException cause) {
          done.completeExceptionally(cause);
        }
      });
      GenerationResult result = done.get(60, TimeUnit.SECONDS);
      assertThat(result.usage().steps()).isEqualTo(1);
      assertThat(Encoders.entities(result)).extracting(entity -> entity.get("type").asText()).containsExactly("PERSON", "PHONE", "EMAIL");
    }
  }
}
