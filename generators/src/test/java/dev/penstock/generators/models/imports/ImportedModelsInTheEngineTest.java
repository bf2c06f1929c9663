package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.LanguageModelSettings;
import dev.penstock.generators.text.TextEmbedder;
import dev.penstock.generators.text.TokenVectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An imported model of any kind is served by the engine as it is, and gives a request the same bytes alone and among
/// others.
class ImportedModelsInTheEngineTest {

  private static final int REQUESTS = 12;

  @TempDir
  private Path root;

  @ParameterizedTest
  @CsvSource({"tiny-llama-scaled/model.gguf", "tiny-qwen2/model.gguf", "tiny-qwen3", "tiny-genai-int4", "tiny-genai-positions"})
  void writesTheSameAloneAndAmongOthers(String model) throws Exception {
    var options = new ImportOptions("tiny", "1.0.0", "Apache-2.0", "test", "Tiny.", WeightForm.REPRODUCIBLE, 256);
    ModelFolder folder = ModelImporter.importModel(
        TinyModel.folder("tiny-llama").resolveSibling(model), root.resolve("tiny"), options, Progress.NONE).folder();
    List<GenerationRequest> requests = IntStream.range(0, REQUESTS).mapToObj(i -> request(folder, i)).toList();
    try (StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(1), EngineClock.system())) {
      engine.add(folder.digest(), LanguageModelGenerator.open(folder, new LanguageModelSettings(8, 256), new Flat()));

      List<String> alone = requests.stream().map(request -> submit(engine, folder, request).join()).toList();
      List<CompletableFuture<String>> together =
          requests.stream().map(request -> submit(engine, folder, request)).toList();

      assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
      assertThat(alone).filteredOn(text -> text.startsWith("text:")).hasSizeGreaterThan(REQUESTS / 2);
    }
  }

  private static GenerationRequest request(ModelFolder folder, int i) {
    Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    parameters.put("temperature", 1.0);
    parameters.put("maxTokens", (long) (8 + i % 3 * 8));
    var input = new Input.Text("write one short slogan for the new lamp number " + i);
    return new GenerationRequest("content-" + i, "tenant", input, parameters, i, 0, 1, Priority.NORMAL, null);
  }

  private static CompletableFuture<String> submit(StepEngine engine, ModelFolder folder, GenerationRequest request) {
    var outcome = new CompletableFuture<String>();
    engine.submit(folder.digest(), request, result -> result, new Completion<GenerationResult>() {
      @Override
      public void completed(GenerationResult result) {
        outcome.complete("text:" + new String(result.body(), StandardCharsets.UTF_8));
      }

      @Override
      public void failed(GenerationException cause) {
        outcome.complete(cause.reason());
      }
    });
    return outcome;
  }

  /// Finds all texts alike.
  private static final class Flat implements TextEmbedder {
    @Override
    public float[] embed(String text) {
      return new float[] {1};
    }

    @Override
    public TokenVectors tokens(String text, int most) {
      return new TokenVectors(new float[] {1, 1}, 2, 0);
    }

    @Override
    public int dimensions() {
      return 1;
    }
  }
}
