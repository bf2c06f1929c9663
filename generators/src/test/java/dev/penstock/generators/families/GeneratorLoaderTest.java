package dev.penstock.generators.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// Specified: bundled models, loaded and run by the engine with everything real. The bytes of a result depend on its
/// request alone, not on what runs beside it, on its order or on the device being shared.
class GeneratorLoaderTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");
  private static final List<String> BRIEFS =
      List.of("a slogan for running shoes", "a headline for green tea", "leather handbag for business women");

  /// Bytes by request id, and whatever failed.
  private static final class Ends implements Completion<GenerationResult> {
    private final Map<String, String> texts;
    private final String id;

    private Ends(Map<String, String> texts, String id) {
      this.texts = texts;
      this.id = id;
    }

    @Override
    public void completed(GenerationResult value) {
      texts.put(id, new String(value.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void failed(GenerationException cause) {
      texts.put(id, cause.toString());
    }
  }

  private static GenerationRequest request(String id, String brief, ModelFolder folder, int seed) {
    Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of("maxTokens", "24")));
    return new GenerationRequest(
        id, "tenant", new Input.Text(brief), parameters, seed, 0, 1 + seed % 3, Priority.values()[seed % 3], null);
  }

  @Test
  void writesTheSameTextAloneAndAmongOthers() throws Exception {
    ModelFolder folder = ModelFolder.open(MODELS.resolve("tiny-copywriter"));
    Map<String, String> alone = new LinkedHashMap<>();
    Map<String, String> together = new ConcurrentHashMap<>();
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
        StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system())) {
      engine.add(folder.digest(), GeneratorLoader.open(folder, embedder));
      for (int i = 0; i < 12; i++) {
        GenerationRequest request = request("r" + i, BRIEFS.get(i % 3), folder, i);
        engine.submit(folder.digest(), request, result -> result, new Ends(alone, "r" + i));
        await().pollInterval(Duration.ofMillis(1)).until(() -> engine.inFlight() == 0);
      }
      for (int i = 11; i >= 0; i--) {
        GenerationRequest request = request("r" + i, BRIEFS.get(i % 3), folder, i);
        engine.submit(folder.digest(), request, result -> result, new Ends(together, "r" + i));
      }
      await().until(() -> engine.inFlight() == 0);
      assertThat(engine.lanes().getFirst().figures().meanRows()).isGreaterThan(1);
    }
    assertThat(together).isEqualTo(alone);
    assertThat(alone.values()).hasSize(12).noneMatch(text -> text.isBlank() || text.contains("Exception"));
  }
}
