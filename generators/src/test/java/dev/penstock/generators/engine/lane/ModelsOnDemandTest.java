package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.engine.lane.FakeGenerator.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.engine.LaneSnapshot;
import dev.penstock.generators.engine.ModelTooLargeException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Specified: models that an engine loads when there is work for them, within 100 bytes for all.
class ModelsOnDemandTest {

  /// Long enough for a machine that does ten other things.
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong mostBytes = new AtomicLong();
  private final StepEngine engine = engine();

  private static StepEngine engine() {
    try {
      return new StepEngine(EngineSettings.withoutCrashEvidence(3).withModelBytes(100), EngineClock.system());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    engine.close();
    assertThat(bytes).as("everything is closed").hasValue(0);
    assertThat(mostBytes.get()).isLessThanOrEqualTo(100);
  }

  /// Counts the bytes of what is open.
  private final class Source implements GeneratorSource<FakeGenerator.Task, String> {
    private final String name;
    private final long size;
    private final AtomicInteger opened = new AtomicInteger();
    private final List<FakeGenerator> generators = new CopyOnWriteArrayList<>();
    private volatile Runnable duringStep = () -> {};
    private volatile @Nullable RuntimeException failure;

    private Source(String name, long size) {
      this.name = name;
      this.size = size;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int slots() {
      return 4;
    }

    @Override
    public long bytes() {
      return size;
    }

    @Override
    public Generator<FakeGenerator.Task, String> open() {
      opened.incrementAndGet();
      RuntimeException thrown = failure;
      if (thrown != null) throw thrown;
      mostBytes.accumulateAndGet(bytes.addAndGet(size), Math::max);
      FakeGenerator generator = new FakeGenerator(4);
      generator.duringStep = () -> duringStep.run();
      generator.duringClose = () -> bytes.addAndGet(-size);
      generators.add(generator);
      return generator;
    }
  }

  private Source offer(String name, long size) throws IOException {
    Source source = new Source(name, size);
    engine.offer(name, source);
    return source;
  }

  private Recorded<String> submit(String model, Map<String, Object> parameters) {
    return submit(model, Priority.NORMAL, null, parameters);
  }

  private Recorded<String> submit(
      String model, Priority priority, @Nullable Instant deadline, Map<String, Object> parameters) {
    Recorded<String> end = new Recorded<>();
    engine.submit(model, request("r", "t", priority, deadline, parameters), r -> new String(r.body()), end);
    return end;
  }

  private static void awaitEnd(Recorded<?> end) {
    await().pollInterval(Duration.ofMillis(2)).until(() -> end.calls() == 1);
  }

  private LaneSnapshot lane(String model) {
    return engine.lanes().stream().filter(lane -> lane.modelDigest().equals(model)).findFirst().orElseThrow();
  }

  @Test
  void loadsAModelWhenItsFirstRequestComes() throws IOException {
    Source a = offer("a", 60);
    assertThat(engine.serves("a")).isTrue();
    assertThat(a.opened).hasValue(0);
    Recorded<String> end = submit("a", Map.of());
    awaitEnd(end);
    assertThat(end.values).containsExactly("made r");
    awaitEnd(submit("a", Map.of()));
    assertThat(a.opened).as("it stays").hasValue(1);
    assertThat(engine.modelBytes()).isEqualTo(60);
  }

  @Test
  void closesTheLeastRecentlyUsedToMakeRoom() throws IOException {
    Source a = offer("a", 40);
    Source b = offer("b", 40);
    Source c = offer("c", 40);
    for (String model : List.of("a", "b", "a", "c")) {
      awaitEnd(submit(model, Map.of()));
      await().until(() -> engine.inFlight() == 0);
    }
    assertThat(lane("b").loaded()).isFalse();
    assertThat(lane("a").loaded() && lane("c").loaded()).isTrue();
    assertThat(b.generators.getFirst().closed).isEqualTo(1);
    awaitEnd(submit("b", Map.of()));
    assertThat(b.opened).hasValue(2);
    assertThat(lane("a").loaded()).as("used longer ago than c").isFalse();
    assertThat(engine.evictions()).isEqualTo(2);
    assertThat(a.opened.get() + c.opened.get()).isEqualTo(2);
  }

  @Test
  void neverClosesAModelInTheMiddleOfItsWork() throws Exception {
    Source a = offer("a", 60);
    offer("b", 60);
    Semaphore steps = new Semaphore(1);
    a.duringStep = steps::acquireUninterruptibly;
    Recorded<String> long1 = submit("a", Priority.BULK, null, Map.of("steps", 3));
    await().until(() -> steps.availablePermits() == 0 && !a.generators.isEmpty());
    Recorded<String> urgent = submit("b", Priority.URGENT, null, Map.of());
    steps.release(1);
    assertThat(urgent.calls()).isZero();
    assertThat(a.generators.getFirst().closed).isZero();
    steps.release(10);
    awaitEnd(urgent);
    assertThat(long1.values).containsExactly("made r");
    assertThat(a.generators.getFirst().closed).isEqualTo(1);
  }

  @Test
  void letsAnUrgentRequestTakeTheRoomOfBulkThatIsNotBegun() throws IOException {
    Source a = offer("a", 60);
    offer("b", 60);
    List<Recorded<String>> bulk = new ArrayList<>();
    CountDownLatch submitted = new CountDownLatch(1);
    a.duringStep = () -> awaitUninterruptibly(submitted);
    for (int i = 0; i < 200; i++) bulk.add(submit("a", Priority.BULK, null, Map.of()));
    await().until(() -> lane("a").busySlots() > 0);
    Recorded<String> urgent = submit("b", Priority.URGENT, null, Map.of());
    await().until(() -> engine.modelsWaiting() == 1);
    submitted.countDown();
    awaitEnd(urgent);
    await().until(() -> engine.inFlight() == 0);
    assertThat(bulk).allSatisfy(end -> assertThat(end.values).hasSize(1));
    assertThat(a.opened).as("it left in between").hasValue(2);
  }

  @Test
  void refusesAModelThatFitsNotEvenAlone() {
    assertThatExceptionOfType(ModelTooLargeException.class)
        .isThrownBy(() -> engine.offer("huge", new Source("huge@1.0.0", 101)))
        .withMessage("Model huge@1.0.0 needs about 1 MB of memory; all models together may take 1 MB.");
    assertThat(engine.serves("huge")).isFalse();
  }

  @Test
  void failsTheRequestsOfAModelThatCannotBeLoadedAndTriesAgainForTheNext() throws IOException {
    Source a = offer("a", 60);
    a.failure = new IllegalStateException("its file is damaged");
    Recorded<String> failed = submit("a", Map.of());
    awaitEnd(failed);
    assertThat(failed.failures.getFirst()).isInstanceOf(Broken.class);
    assertThat(failed.reason()).isEqualTo("MODEL_NOT_LOADED");
    assertThat(failed.failures.getFirst()).hasMessage("The model a could not be loaded: its file is damaged");
    assertThat(engine.modelBytes()).isZero();
    a.failure = null;
    Recorded<String> next = submit("a", Map.of());
    awaitEnd(next);
    assertThat(next.values).hasSize(1);
  }

  @Test
  void expiresAndCancelsWhatWaitsForMemory() throws IOException {
    Source a = offer("a", 60);
    Source b = offer("b", 60);
    CountDownLatch go = new CountDownLatch(1);
    a.duringStep = () -> awaitUninterruptibly(go);
    Recorded<String> running = submit("a", Priority.URGENT, null, Map.of());
    await().until(() -> lane("a").busySlots() == 1);
    Recorded<String> late = submit("b", Priority.BULK, Instant.now().plusMillis(30), Map.of());
    Recorded<String> taken = new Recorded<>();
    engine.submit("b", request("r", Map.of()), r -> "", taken).cancel();
    awaitEnd(late);
    awaitEnd(taken);
    assertThat(late.reason()).isEqualTo("EXPIRED");
    assertThat(taken.reason()).isEqualTo("CANCELLED");
    go.countDown();
    awaitEnd(running);
    await().until(() -> engine.inFlight() == 0);
    assertThat(b.opened).as("nobody wanted it any more").hasValue(0);
    assertThat(lane("a").loaded()).isTrue();
  }

  @Test
  void waitsForRoomNoMoreOnceItIsRemoved() throws IOException {
    Source a = offer("a", 60);
    offer("b", 60);
    CountDownLatch go = new CountDownLatch(1);
    a.duringStep = () -> awaitUninterruptibly(go);
    Recorded<String> running = submit("a", Map.of());
    await().until(() -> lane("a").busySlots() == 1);
    Engine.Ticket waits = engine.submit("b", request("r", Map.of()), r -> "", new Recorded<>());
    await().until(() -> engine.modelsWaiting() == 1);
    CompletableFuture<Void> removed = engine.remove("b");
    waits.cancel();
    removed.join();
    assertThat(engine.modelsWaiting()).isZero();
    go.countDown();
    awaitEnd(running);
  }

  @Test
  void letsTwoBusyModelsThatDoNotFitTogetherTakeTurns() throws Exception {
    offer("a", 60);
    offer("b", 60);
    AtomicInteger[] done = {new AtomicInteger(), new AtomicInteger()};
    // Each answer submits the next request: neither ever runs out of work.
    for (int i = 0; i < 2; i++) resubmit(i, done);
    await().atMost(PATIENCE).until(() -> done[0].get() > 0 && done[1].get() > 0);
    stop = true;
    await().until(() -> engine.inFlight() == 0);
  }

  private volatile boolean stop;

  private void resubmit(int i, AtomicInteger[] done) {
    engine.submit(i == 0 ? "a" : "b", request("r", Map.of("steps", 2)), r -> "", new Completion<String>() {
      @Override
      public void completed(String value) {
        done[i].incrementAndGet();
        if (!stop) resubmit(i, done);
      }

      @Override
      public void failed(dev.penstock.generators.GenerationException cause) {
        throw new AssertionError(cause);
      }
    });
  }

  @Test
  void warmsIntoFreeRoomAndSaysWhetherItDid() throws Exception {
    Source a = offer("a", 60);
    Source b = offer("b", 60);
    assertThat(engine.warm("a").get()).isTrue();
    assertThat(engine.warm("b").get()).as("there is no room").isFalse();
    assertThat(a.opened.get() + b.opened.get()).isEqualTo(1);
    Source damaged = offer("damaged", 10);
    damaged.failure = new IllegalStateException("its file is damaged");
    assertThat(engine.warm("damaged").handle((_, e) -> e.getMessage()).get()).contains("damaged");
  }

  @Test
  void finishesAndClosesARemovedModelThatIsNotLoadedYet() throws IOException {
    Source a = offer("a", 60);
    Recorded<String> end = submit("a", Map.of());
    engine.remove("a").join();
    assertThat(end.values).hasSize(1);
    assertThat(a.generators.getFirst().closed).isEqualTo(1);
    assertThat(engine.modelBytes()).isZero();
    offer("idle", 60);
    engine.remove("idle").join();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
