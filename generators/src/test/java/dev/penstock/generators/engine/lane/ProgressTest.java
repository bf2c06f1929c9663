package dev.penstock.generators.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.StreamedCompletion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Specified: what a [StreamedCompletion] hears of a result before it is there.
class ProgressTest {

  private final StepEngine engine = newEngine();
  private final FakeGenerator model = new FakeGenerator(4);

  private static StepEngine newEngine() {
    try {
      return new StepEngine(EngineSettings.withoutCrashEvidence(3), EngineClock.system());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /// Remembers what it is told; not synchronised, because the engine's calls come one after another.
  private static final class Listener implements StreamedCompletion<GenerationResult> {
    private final Map<UUID, List<Integer>> told = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private Runnable onPart = () -> {};
    private UUID sealed = GenerationResult.NO_EXECUTION;
    private volatile boolean ended;

    @Override
    public void progressed(UUID executionId, PartialResult part) {
      onPart.run();
      PartialResult.Tokens tokens = (PartialResult.Tokens) part;
      IntStream.of(tokens.tokens()).forEach(told.computeIfAbsent(executionId, _ -> new ArrayList<>())::add);
      events.add("part");
    }

    @Override
    public void completed(GenerationResult value) {
      events.add("completed");
      sealed = value.executionId();
      ended = true;
    }

    @Override
    public void failed(GenerationException cause) {
      events.add(cause.reason());
      ended = true;
    }
  }

  private void run(GenerationRequest request, Listener listener) throws IOException {
    engine.add("digest", model);
    engine.submit("digest", request, result -> { listener.events.add("last stage"); return result; }, listener);
    await().until(() -> listener.ended);
  }

  @Test
  void tellsEveryStepButTheLastInOrderAndBeforeTheLastStage() throws IOException {
    Listener listener = new Listener();
    run(FakeGenerator.request("r", Map.of("steps", 500)), listener);
    assertThat(listener.told).containsOnlyKeys(listener.sealed);
    assertThat(listener.told.get(listener.sealed)).isEqualTo(IntStream.range(1, 500).boxed().toList());
    assertThat(listener.events.subList(listener.events.size() - 2, listener.events.size()))
        .containsExactly("last stage", "completed");
    assertThat(listener.events.subList(0, listener.events.size() - 2)).containsOnly("part");
  }

  @Test
  void tellsTheFirstPartWhileTheRequestGoesOn() throws Exception {
    Listener listener = new Listener();
    CountDownLatch heard = new CountDownLatch(1);
    listener.onPart = heard::countDown;
    model.duringStep = () -> {
      if (model.batches.size() == 3) awaitUninterruptibly(heard);
    };
    run(FakeGenerator.request("r", Map.of("steps", 3)), listener);
    assertThat(listener.events).containsSubsequence("part", "completed");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void beginsAnewUnderAnotherIdWhenTheRequestRunsAgain() throws IOException {
    Listener listener = new Listener();
    model.duringStep = () -> {
      if (model.batches.size() == 3) throw new IllegalStateException("only once");
    };
    run(FakeGenerator.request("r", Map.of("steps", 4)), listener);
    assertThat(listener.told).hasSize(2);
    assertThat(listener.told.values()).containsExactly(List.of(1, 2), List.of(1, 2, 3));
    assertThat(listener.told.keySet()).last().isEqualTo(listener.sealed);
  }

  @Test
  void goesOnWithoutAListenerThatThrows() throws IOException {
    Listener listener = new Listener();
    listener.onPart = () -> {
      listener.events.add("threw");
      throw new IllegalStateException("secret words");
    };
    run(FakeGenerator.request("r", Map.of("steps", 50)), listener);
    assertThat(listener.events).containsExactly("threw", "last stage", "completed");
  }

  @Test
  void asksTheModelForNothingWhenNobodyListens() throws IOException {
    engine.add("digest", model);
    Recorded<GenerationResult> end = new Recorded<>();
    engine.submit("digest", FakeGenerator.request("r", Map.of("steps", 50)), result -> result, end);
    await().until(() -> end.calls() == 1);
    assertThat(model.partsTaken).isZero();
    assertThat(end.values.getFirst().executionId()).isNotEqualTo(GenerationResult.NO_EXECUTION);
  }
}
