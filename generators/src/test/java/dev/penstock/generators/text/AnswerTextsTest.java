package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.StreamedCompletion;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What is told of an answer while the bundled model writes it is how the published answer begins, piece by piece, up to
/// the last step; also with a stop string, of which nothing is ever shown, and where the answer has to keep a schema.
class AnswerTextsTest {

  private static final int REQUESTS = 24;
  private static final int WITH_A_SCHEMA = 6;

  private record Run(List<String> pieces, String published) {}

  @Test
  void thePiecesAreTheBeginningOfThePublishedText() throws Exception {
    ModelFolder folder = ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME"), "models", "tiny-copywriter"));
    List<Run> runs = new ArrayList<>();
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
        AnswerTexts texts = AnswerTexts.open(folder);
        StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system())) {
      engine.add(folder.digest(), LanguageModelGenerator.open(folder, new LanguageModelSettings(8, 320), embedder));
      List<Listener> listeners = new ArrayList<>();
      for (int i = 0; i < REQUESTS + WITH_A_SCHEMA; i++) {
        GenerationRequest request = request(folder, i, i < REQUESTS ? "stop" : "jsonSchema");
        Listener listener = new Listener(texts.begin(request));
        listeners.add(listener);
        engine.submit(folder.digest(), request, result -> result, listener);
      }
      for (Listener listener : listeners) runs.add(listener.end.join());
    }

    assertThat(runs).allSatisfy(run -> assertThat(run.published()).startsWith(String.join("", run.pieces())));
    assertThat(runs.subList(0, REQUESTS)).allSatisfy(run -> assertThat(run.published()).doesNotContain(" you"));
    assertThat(runs.subList(REQUESTS, runs.size()))
        .allSatisfy(run -> assertThat(run.published()).startsWith("\"").endsWith("\""))
        .anySatisfy(run -> assertThat(String.join("", run.pieces())).startsWith("\""));
    assertThat(runs).filteredOn(run -> run.pieces().size() > 3).hasSizeGreaterThan(REQUESTS / 2);
  }

  private static GenerationRequest request(ModelFolder folder, int i, String parameter) {
    Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    parameters.put(parameter, parameter.equals("stop") ? " you" : "{\"type\": \"string\", \"maxLength\": 40}");
    Input brief = new Input.Text("Write a product paragraph for " + (i % 2 == 0 ? "a wool blanket." : "boots."));
    return new GenerationRequest("content-" + i, "tenant", brief, parameters, i, 0, 1, Priority.NORMAL, null);
  }

  private static final class Listener implements StreamedCompletion<GenerationResult> {
    private final PartialText text;
    private final List<String> pieces = new ArrayList<>();
    private final CompletableFuture<Run> end = new CompletableFuture<>();

    Listener(PartialText text) {
      this.text = text;
    }

    @Override
    public void progressed(UUID executionId, PartialResult part) {
      String piece = text.add(part);
      if (!piece.isEmpty()) pieces.add(piece);
    }

    @Override
    public void completed(GenerationResult result) {
      end.complete(new Run(pieces, new String(result.body(), StandardCharsets.UTF_8)));
    }

    /// Nothing was published, so nothing can be wrong.
    @Override
    public void failed(GenerationException cause) {
      end.complete(new Run(List.of(), ""));
    }
  }
}
