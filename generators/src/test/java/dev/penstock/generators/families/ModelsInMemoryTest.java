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
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;

/// Specified: the bundled models under a bound on memory, with everything real. Both are served although one fits at
/// a time, and a model that was closed and loaded again gives the same bytes.
class ModelsInMemoryTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");
  private static final int REQUESTS = 8;

  private final ModelFolder text = ModelFolder.open(MODELS.resolve("tiny-copywriter"));
  private final ModelFolder picture = ModelFolder.open(MODELS.resolve("fashion-cvae"));

  /// The bytes of every result in hexadecimal, by request.
  private Map<String, String> run(MiniLmEmbedder embedder, long modelBytes, int loads) throws Exception {
    Map<String, String> results = new ConcurrentSkipListMap<>();
    EngineSettings settings = EngineSettings.withoutCrashEvidence(2).withModelBytes(modelBytes);
    try (StepEngine engine = new StepEngine(settings, EngineClock.system())) {
      for (ModelFolder folder : new ModelFolder[] {text, picture})
        engine.offer(folder.digest(), GeneratorLoader.source(folder, embedder));
      for (int i = 0; i < REQUESTS; i++) {
        ModelFolder folder = i / 2 % 2 == 0 ? text : picture;
        submit(engine, folder, "r" + i, i, results);
        // Two of a kind at once, then the other model.
        if (i % 2 == 0) continue;
        await().pollInterval(Duration.ofMillis(2)).until(() -> engine.inFlight() == 0);
        assertThat(engine.modelBytes()).isLessThanOrEqualTo(modelBytes);
      }
      assertThat(engine.lanes()).allSatisfy(lane -> assertThat(lane.loads()).isEqualTo(loads));
    }
    return results;
  }

  private static void submit(
      StepEngine engine, ModelFolder folder, String id, int seed, Map<String, String> results) {
    Map<String, Object> parameters = new TreeMap<>(folder.manifest().parameters().validate(Map.of()));
    if (parameters.containsKey("maxTokens")) parameters.put("maxTokens", 16L);
    Input input = new Input.Text("a slogan for a white sneaker");
    GenerationRequest request =
        new GenerationRequest(id, "tenant", input, parameters, seed, 0, 1, Priority.NORMAL, null);
    engine.submit(folder.digest(), request, result -> result, new Completion<GenerationResult>() {
      @Override
      public void completed(GenerationResult value) {
        results.put(id, HexFormat.of().formatHex(value.body()));
      }

      @Override
      public void failed(GenerationException cause) {
        results.put(id, cause.toString());
      }
    });
  }

  @Test
  void servesBothAlthoughOnlyOneFitsAtATime() throws Exception {
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      GeneratorSource<?, ?> larger = GeneratorLoader.source(text, embedder);
      Map<String, String> bounded = run(embedder, larger.bytes(), REQUESTS / 4);
      Map<String, String> unbounded = run(embedder, Long.MAX_VALUE, 1);
      assertThat(bounded).hasSize(REQUESTS).isEqualTo(unbounded);
      assertThat(bounded.values()).noneMatch(result -> result.contains("Exception"));
    }
  }
}
