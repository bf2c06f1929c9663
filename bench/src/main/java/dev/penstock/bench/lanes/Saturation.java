package dev.penstock.bench.lanes;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelFolder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Keeps requests of one model under way: each that ends is followed by the next. There are [#KINDS] different ones,
/// and each must give the same bytes every time, whoever is beside it.
final class Saturation {

  private static final int KINDS = 48;
  private static final int UNDER_WAY = 64;
  private static final String[] THINGS = {"sneaker", "handbag", "rain jacket", "wool dress", "sandal", "coat"};

  private final StepEngine engine;
  private final ModelFolder model;
  private final Map<Integer, Integer> hashes = new ConcurrentHashMap<>();
  private final AtomicReference<String> wrong = new AtomicReference<>("");
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean stopped;

  Saturation(StepEngine engine, ModelFolder model) {
    this.engine = engine;
    this.model = model;
  }

  String digest() {
    return model.digest();
  }

  String name() {
    return model.manifest().name();
  }

  void start(Priority priority) {
    stopped = false;
    for (int i = 0; i < UNDER_WAY; i++) next(priority);
  }

  /// Begins nothing more and waits for the last.
  ///
  /// @throws IllegalStateException if a request failed, or gave other bytes than before
  void stop() throws InterruptedException {
    stopped = true;
    while (underWay.get() > 0) Thread.sleep(2);
    if (!wrong.get().isEmpty()) throw new IllegalStateException(wrong.get());
  }

  private void next(Priority priority) {
    int kind = number.getAndIncrement() % KINDS;
    underWay.incrementAndGet();
    engine.submit(model.digest(), request(kind, priority), result -> result, new End(kind, priority));
  }

  /// A request of this kind, which is fixed but for its priority.
  GenerationRequest request(int kind, Priority priority) {
    Map<String, Object> parameters = new HashMap<>(model.manifest().parameters().validate(Map.of()));
    if (parameters.containsKey("maxTokens")) parameters.put("maxTokens", 32L);
    Input input = new Input.Text("Write a slogan for a " + THINGS[kind % THINGS.length] + ".");
    return new GenerationRequest("bench-" + kind, "bench", input, parameters, kind, 0, 1, priority, null);
  }

  private final class End implements Completion<GenerationResult> {
    private final int kind;
    private final Priority priority;

    private End(int kind, Priority priority) {
      this.kind = kind;
      this.priority = priority;
    }

    @Override
    public void completed(GenerationResult value) {
      ended(Arrays.hashCode(value.body()));
    }

    @Override
    public void failed(GenerationException cause) {
      if (!cause.reason().equals("NO_USABLE_ANSWER")) wrong.set(name() + " failed: " + cause.getMessage());
      ended(0);
    }

    private void ended(int hash) {
      Integer before = hashes.putIfAbsent(kind, hash);
      if (before != null && before != hash) wrong.set(name() + " gave other bytes for request " + kind + " than before");
      if (!stopped) next(priority);
      underWay.decrementAndGet();
    }
  }
}
