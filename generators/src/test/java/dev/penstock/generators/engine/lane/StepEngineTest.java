package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.engine.lane.FakeGenerator.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.PlanStage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Specified: the engine with its real threads. Every submission ends once, whatever goes wrong in whichever stage;
/// an idle engine sleeps; it stops in order.
class StepEngineTest {

  private final StepEngine engine = engine();
  private final FakeGenerator model = new FakeGenerator(4);
  private final PlanStage<GenerationResult, String> last = result -> new String(result.body());

  private static StepEngine engine() {
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

  private Recorded<String> submit(String id, Map<String, Object> parameters) {
    Recorded<String> end = new Recorded<>();
    engine.submit("model", request(id, parameters), last, end);
    return end;
  }

  private static void awaitEnd(Recorded<?> end) {
    await().pollInterval(Duration.ofMillis(2)).until(() -> end.calls() > 0);
  }

  @Test
  void carriesARequestThroughEveryStage() throws Exception {
    engine.add("model", model);
    Recorded<String> end = submit("r", Map.of());
    awaitEnd(end);
    assertThat(end.values).containsExactly("made r");
    await().until(() -> engine.inFlight() == 0);
  }

  @Test
  void completesEverySubmissionOnceWhateverGoesWrong() throws Exception {
    engine.add("model", model);
    engine.add("other", new FakeGenerator(2));
    String[] faults = {
      "", "", "", "rejected in prepare", "bug in prepare", "bug in slotsFor", "bug in admit", "its own fault",
      "poison", "out of memory", "bug in complete", "bug in last", "completion throws", "cancelled", "late"
    };
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Recorded<String>> ends = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Recorded<String> end = new Recorded<>();
      ends.add(end);
      submit(faults[random.nextInt(faults.length)], i, random, end);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> engine.inFlight() == 0);
    assertThat(ends).as("seed %d", seed).allSatisfy(end -> assertThat(end.calls()).isEqualTo(1));
    assertThat(engine.lanes()).allSatisfy(lane -> assertThat(lane.busySlots() + lane.queued()).isZero());
  }

  private void submit(String fault, int i, Random random, Recorded<String> end) {
    PlanStage<GenerationResult, String> stage =
        fault.equals("bug in last") ? _ -> { throw new IllegalStateException("secret words"); } : last;
    Completion<String> completion = fault.equals("completion throws") ? new Throwing(end) : end;
    Map<String, Object> parameters =
        Map.of("fault", fault, "steps", 1 + random.nextInt(3), "slots", 1 + random.nextInt(2));
    var deadline = fault.equals("late") ? EngineClock.system().instant().plusMillis(random.nextInt(20)) : null;
    Engine.Ticket ticket =
        engine.submit(
            random.nextBoolean() ? "model" : "other",
            request("r" + i, "t" + i % 3, Priority.values()[i % 3], deadline, parameters), stage, completion);
    if (fault.equals("cancelled")) ticket.cancel();
  }

  private record Throwing(Recorded<String> end) implements Completion<String> {
    @Override
    public void completed(String value) {
      end.completed(value);
      throw new IllegalStateException("secret words");
    }

    @Override
    public void failed(dev.penstock.generators.GenerationException cause) {
      end.failed(cause);
      throw new IllegalStateException("secret words");
    }
  }

  @Test
  void turnsABugInAStageIntoABrokenRequestThatQuotesNothing() throws Exception {
    engine.add("model", model);
    for (String fault : List.of("bug in prepare", "bug in slotsFor", "bug in admit", "bug in complete")) {
      Recorded<String> end = submit(fault, Map.of("fault", fault));
      awaitEnd(end);
      assertThat(end.failures.getFirst()).as(fault).isInstanceOf(Broken.class);
      assertThat(end.reason()).isEqualTo("INTERNAL");
      assertThat(end.failures.getFirst().getMessage()).doesNotContain("secret").contains("IllegalStateException");
    }
  }

  @Test
  void stepsOneModelAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FakeGenerator other = new FakeGenerator(2);
    for (FakeGenerator each : List.of(model, other)) {
      each.duringStep = () -> {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        LockSupport.parkNanos(100_000);
        inside.decrementAndGet();
      };
    }
    engine.add("model", model);
    engine.add("other", other);
    for (int i = 0; i < 100; i++) {
      Recorded<String> end = new Recorded<>();
      engine.submit(i % 2 == 0 ? "model" : "other", request("r" + i, Map.of("steps", 3)), last, end);
    }
    await().until(() -> engine.inFlight() == 0);
    assertThat(most).hasValue(1);
    assertThat(engine.lanes()).allSatisfy(lane -> assertThat(lane.figures().steps()).isGreaterThanOrEqualTo(30));
  }

  @Test
  void failsARequestForAModelItDoesNotServe() {
    Recorded<String> end = submit("r", Map.of());
    awaitEnd(end);
    assertThat(end.failures.getFirst()).isInstanceOf(Rejected.class);
    assertThat(end.reason()).isEqualTo("UNKNOWN_MODEL");
    await().until(() -> engine.inFlight() == 0);
  }

  @Test
  void finishesWhatARemovedModelHasAndClosesIt() throws Exception {
    engine.add("model", model);
    CountDownLatch go = new CountDownLatch(1);
    model.duringStep = () -> awaitUninterruptibly(go);
    Recorded<String> before = submit("before", Map.of("steps", 3));
    CompletableFuture<Void> removed = engine.remove("model");
    Recorded<String> after = submit("after", Map.of());
    assertThat(engine.serves("model")).isFalse();
    assertThat(removed).isNotDone();
    go.countDown();
    removed.join();
    assertThat(before.values).containsExactly("made before");
    awaitEnd(after);
    assertThat(after.reason()).isEqualTo("UNKNOWN_MODEL");
    assertThat(model.closed).isEqualTo(1);
    assertThat(engine.remove("model")).isDone();
  }

  @Test
  void stopsAtTheStepBoundaryAndCompletesNobodyAfterwards() throws Exception {
    engine.add("model", model);
    CountDownLatch inStep = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    model.duringStep = () -> {
      inStep.countDown();
      awaitUninterruptibly(go);
    };
    Recorded<String> running = submit("running", Map.of("steps", 1_000_000));
    inStep.await();
    Thread closing = Thread.ofPlatform().start(engine::close);
    assertThat(closing.join(Duration.ofMillis(50))).as("waits for the step").isFalse();
    assertThat(model.closed).isZero();
    go.countDown();
    closing.join();
    assertThat(model.closed).isEqualTo(1);
    assertThat(submit("after", Map.of()).calls()).isZero();
    assertThat(running.calls()).isZero();
    assertThat(model.batches.size()).isEqualTo(1);
  }

  @Test
  void leavesAGeneratorOpenWhoseStepDoesNotEnd() throws Exception {
    engine.add("model", model);
    CountDownLatch inStep = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    model.duringStep = () -> {
      inStep.countDown();
      awaitUninterruptibly(go);
    };
    submit("stuck", Map.of());
    inStep.await();
    assertThat(engine.close(Duration.ofMillis(50))).isFalse();
    assertThat(model.closed).isZero();
    go.countDown();
  }

  @Test
  void sleepsWhileThereIsNothingToDo() throws Exception {
    engine.add("model", model);
    awaitEnd(submit("r", Map.of()));
    long[] threads = engineThreads();
    assertThat(threads).hasSize(4);
    await().until(() -> Arrays.stream(threads).allMatch(this::sleeps));
    long before = cpuNanos(threads);
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    assertThat(cpuNanos(threads) - before).isLessThan(1_000_000);
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static long[] engineThreads() {
    return Arrays.stream(THREADS.dumpAllThreads(false, false))
        .filter(thread -> thread.getThreadName().matches("(penstock|lane)-.*"))
        .mapToLong(thread -> thread.getThreadId())
        .toArray();
  }

  private boolean sleeps(long thread) {
    return THREADS.getThreadInfo(thread).getThreadState() == Thread.State.WAITING;
  }

  private static long cpuNanos(long[] threads) {
    return Arrays.stream(threads).map(THREADS::getThreadCpuTime).sum();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
