package dev.penstock.bench.pipeline;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.families.GeneratorLoader;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An engine with one model and nothing around it.
final class BareEngine implements AutoCloseable {

  private final MiniLmEmbedder embedder = MiniLmEmbedder.open();
  private final StepEngine engine;
  private final ModelFolder model;

  BareEngine(ModelFolder model, int planThreads) throws IOException {
    this.model = model;
    engine = new StepEngine(EngineSettings.withoutCrashEvidence(planThreads), EngineClock.system());
    add(GeneratorLoader.open(model, embedder));
  }

  private <P, D> void add(Generator<P, D> generator) throws IOException {
    engine.add(model.digest(), generator);
  }

  ModelFolder model() {
    return model;
  }

  /// Runs one request that is told on the way.
  void submit(GenerationRequest request, Completion<GenerationResult> completion) {
    engine.submit(model.digest(), request, result -> result, completion);
  }

  /// Runs all requests at once and waits for the last.
  ///
  /// @return in the order of the requests; empty where the generator found no usable answer
  /// @throws java.util.concurrent.CompletionException if one fails in another way
  List<Optional<GenerationResult>> run(List<GenerationRequest> requests) {
    List<CompletableFuture<Optional<GenerationResult>>> all = new ArrayList<>();
    for (GenerationRequest request : requests) {
      CompletableFuture<Optional<GenerationResult>> future = new CompletableFuture<>();
      all.add(future);
      engine.submit(
          model.digest(),
          request,
          result -> result,
          new Completion<>() {
            @Override
            public void completed(GenerationResult result) {
              future.complete(Optional.of(result));
            }

            @Override
            public void failed(GenerationException cause) {
              if (cause.reason().equals("NO_USABLE_ANSWER")) future.complete(Optional.empty());
              else future.completeExceptionally(cause);
            }
          });
    }
    return all.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    engine.close();
    embedder.close();
  }
}
