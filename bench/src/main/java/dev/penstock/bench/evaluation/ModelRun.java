package dev.penstock.bench.evaluation;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.families.GeneratorLoader;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/// One model in an engine of this process, with the bytes that it would make behind a topic. One thread.
public final class ModelRun implements AutoCloseable {

  private static final int PLAN_THREADS = 2;

  private final ModelFolder model;
  private final MiniLmEmbedder embedder = MiniLmEmbedder.open();
  private final StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(PLAN_THREADS), EngineClock.system());

  public ModelRun(ModelFolder model) throws IOException {
    this.model = model;
    add(GeneratorLoader.open(model, embedder));
  }

  private <P, D> void add(Generator<P, D> generator) throws IOException {
    engine.add(model.digest(), generator);
  }

  public ModelFolder model() {
    return model;
  }

  /// What is asked for.
  ///
  /// @param parameters as a prompt gives them: text, validated by the manifest
  public record Wish(String prompt, Map<String, String> parameters) {
    public Wish {
      parameters = Map.copyOf(parameters);
    }
  }

  /// Grants all wishes; wish i has the seed `firstSeed` + i.
  ///
  /// @param bar told how far it is, as the stage `stage`
  /// @return in the order of the wishes; empty where the generator found no usable answer
  public List<Optional<GenerationResult>> grant(List<Wish> wishes, long firstSeed, ProgressBar bar, String stage) {
    AtomicInteger done = new AtomicInteger();
    bar.at(stage, 0, wishes.size());
    List<CompletableFuture<Optional<GenerationResult>>> all = new ArrayList<>();
    for (int i = 0; i < wishes.size(); i++) {
      CompletableFuture<Optional<GenerationResult>> future = new CompletableFuture<>();
      all.add(future.whenComplete((result, failure) -> bar.at(stage, done.incrementAndGet(), wishes.size())));
      engine.submit(model.digest(), request(wishes.get(i), firstSeed + i), result -> result, new Told(future));
    }
    try {
      return all.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw new UserError("The model " + model.manifest().name() + " failed: " + String.valueOf(e.getCause()), e);
    }
  }

  private GenerationRequest request(Wish wish, long seed) {
    Map<String, Object> values = new HashMap<>(model.manifest().parameters().validate(wish.parameters()));
    return new GenerationRequest(
        "evaluate-" + seed, "evaluate", new Input.Text(wish.prompt()), values, seed, 0, 1, Priority.NORMAL, null);
  }

  private record Told(CompletableFuture<Optional<GenerationResult>> future) implements Completion<GenerationResult> {

    @Override
    public void completed(GenerationResult result) {
      future.complete(Optional.of(result));
    }

    @Override
    public void failed(GenerationException cause) {
      if (cause.reason().equals("NO_USABLE_ANSWER")) future.complete(Optional.empty());
      else future.completeExceptionally(cause);
    }
  }

  @Override
  public void close() {
    engine.close();
    embedder.close();
  }
}
