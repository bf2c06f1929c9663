package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.Alternate;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the bundled language model promises inside the engine: a request's content is the same bytes alone, in a full
/// lane and after others were cancelled, alternates included.
class LanguageModelEngineTest {

  private static final List<String> PRODUCTS =
      List.of("a steel water bottle", "a solar-powered backpack", "an espresso machine", "a wool blanket", "boots");
  private static final List<String> FORMS = List.of("one short advertising slogan", "a headline", "a product sentence");
  private static final int REQUESTS = 56;

  @Test
  void givesTheSameBytesAloneInAFullLaneAndAfterCancellations() throws Exception {
    ModelFolder folder = ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME"), "models", "tiny-copywriter"));
    List<GenerationRequest> requests = IntStream.range(0, REQUESTS).mapToObj(i -> request(folder, i)).toList();
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
        StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system())) {
      engine.add(folder.digest(), LanguageModelGenerator.open(folder, new LanguageModelSettings(8, 320), embedder));

      List<String> alone = requests.stream().map(request -> submit(engine, folder, request).join()).toList();
      List<CompletableFuture<String>> together = requests.stream().map(request -> {
        CompletableFuture<String> wanted = submit(engine, folder, request);
        cancelled(engine, folder, request);
        return wanted;
      }).toList();

      assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
      assertThat(alone.stream().distinct().count()).isGreaterThan(REQUESTS / 2);
    }
  }

  private static GenerationRequest request(ModelFolder folder, int i) {
    Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    parameters.put("temperature", i % 4 == 0 ? 0.0 : 0.3 + i % 7 * 0.2);
    parameters.put("repetitionPenalty", 1.1);
    parameters.put("maxTokens", (long) (8 + i % 5 * 20));
    String brief = "Write " + FORMS.get(i % FORMS.size()) + " for " + PRODUCTS.get(i % PRODUCTS.size()) + ".";
    return new GenerationRequest(
        "content-" + i, "tenant", new Input.Text(brief), parameters, i, 0, 1 + i % 3, Priority.NORMAL, null);
  }

  private static CompletableFuture<String> submit(StepEngine engine, ModelFolder folder, GenerationRequest request) {
    Outcome outcome = new Outcome();
    engine.submit(folder.digest(), request, result -> result, outcome);
    return outcome.bytes;
  }

  /// The same request once more, taken back at once or while it runs.
  private static void cancelled(StepEngine engine, ModelFolder folder, GenerationRequest request) {
    engine.submit(folder.digest(), request, result -> result, new Outcome()).cancel();
  }

  /// Everything of a result that may not change, as text.
  private static final class Outcome implements Completion<GenerationResult> {
    final CompletableFuture<String> bytes = new CompletableFuture<>();

    @Override
    public void completed(GenerationResult result) {
      StringBuilder all = new StringBuilder();
      all.append(new String(result.body(), StandardCharsets.UTF_8)).append(result.scores());
      for (Alternate other : result.alternates())
        all.append(new String(other.body(), StandardCharsets.UTF_8)).append(other.scores());
      bytes.complete(all.append(result.usage()).append(result.finishReason()).toString());
    }

    @Override
    public void failed(GenerationException cause) {
      bytes.complete(cause.reason());
    }
  }
}
