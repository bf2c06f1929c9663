package dev.penstock.bench.overload;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.LaneFigures;
import dev.penstock.generators.engine.lane.StepEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One engine with one lane, first kept busy by a closed loop, then given more than it can serve.
final class OverloadedLane implements AutoCloseable {

  private static final String LANE = "varied";
  private static final int LENGTHS = 10_000;

  /// Until a load is what it stays.
  private static final Duration RAMP = Duration.ofSeconds(2);

  /// How much answers vary in length, about 40 steps.
  enum Spread {
    /// 10 to 70 steps, all equally often.
    EVEN,
    /// Log-normal: a tenth takes fewer than 19 steps, a tenth more than 86, the longest [VariedGenerator#MOST_STEPS].
    LONG_TAILED;

    int draw(Random random) {
      return switch (this) {
        case EVEN -> random.nextInt(10, 71);
        case LONG_TAILED ->
            Math.clamp(Math.round(40 * Math.exp(0.6 * random.nextGaussian())), 4, VariedGenerator.MOST_STEPS);
      };
    }
  }

  /// What came of a stretch of time.
  ///
  /// @param usefulSteps of answers that ended in time
  /// @param steps all that were made, one for each busy slot
  record Result(double seconds, long inTime, long usefulSteps, long steps) {

    double goodPerSecond() {
      return inTime / seconds;
    }

    /// The share of steps that no answer in time needed. Answers that began before this time bring earlier steps along, so
    /// where next to nothing is wasted the useful steps may be more than those that were made.
    double wasted() {
      return Math.max(0, 1 - (double) usefulSteps / steps);
    }
  }

  private final StepEngine engine;
  private final Random random;
  private final int[] lengths;
  private final AtomicLong inTime = new AtomicLong();
  private final AtomicLong usefulSteps = new AtomicLong();
  private volatile boolean loops;

  OverloadedLane(long seed, Spread spread) throws IOException {
    random = new Random(seed);
    lengths = random.ints(LENGTHS).map(i -> spread.draw(random)).toArray();
    engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system());
    engine.add(LANE, new VariedGenerator());
  }

  private int anyLength() {
    return lengths[random.nextInt(LENGTHS)];
  }

  /// Twice as many as there are slots, each followed by the next when it has ended, without deadlines.
  Result closedLoop(Duration time) {
    loops = true;
    for (int i = 0; i < 2 * VariedGenerator.SLOTS; i++) loop();
    sleepUntil(System.nanoTime() + RAMP.toNanos());
    Result result = measured(() -> sleepUntil(System.nanoTime() + time.toNanos()));
    loops = false;
    awaitIdle();
    return result;
  }

  private void loop() {
    int length;
    synchronized (random) {
      length = anyLength();
    }
    engine.submit(LANE, request(length, null), result -> result, new End(length, Long.MAX_VALUE, true));
  }

  /// How long the median answer is in its slot, going by the steps made so far.
  Duration medianService() {
    LaneFigures figures = engine.lanes().getFirst().figures();
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[LENGTHS / 2] * figures.stepNanos() / figures.steps());
  }

  /// Requests arrive at random (Poisson), each with a deadline of 2 to 6 times the median service.
  ///
  /// @param told whether the engine knows the deadlines
  Result openLoop(Duration time, double perSecond, boolean told) {
    long service = medianService().toNanos();
    arrivals(RAMP, perSecond, service, told);
    return measured(() -> arrivals(time, perSecond, service, told));
  }

  private void arrivals(Duration time, double perSecond, long service, boolean told) {
    long start = System.nanoTime();
    double due = 0;
    while (due < time.toNanos()) {
      due += -Math.log(1 - random.nextDouble()) * 1e9 / perSecond;
      sleepUntil(start + (long) due);
      arrive((long) (service * (2 + 4 * random.nextDouble())), told);
    }
  }

  private void arrive(long nanosLeft, boolean told) {
    int length = anyLength();
    Instant deadline = Instant.now().plusNanos(nanosLeft);
    engine.submit(
        LANE, request(length, told ? deadline : null), result -> result,
        new End(length, System.nanoTime() + nanosLeft, false));
  }

  private Result measured(Runnable load) {
    long goodBefore = inTime.get();
    long usefulBefore = usefulSteps.get();
    long rowsBefore = rows();
    long start = System.nanoTime();
    load.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(seconds, inTime.get() - goodBefore, usefulSteps.get() - usefulBefore, rows() - rowsBefore);
  }

  private long rows() {
    return engine.lanes().getFirst().figures().rows();
  }

  private static GenerationRequest request(int length, @Nullable Instant deadline) {
    return new GenerationRequest(
        "overload", "bench", new Input.Text("A slogan."), Map.of(), length, 0, 1, Priority.NORMAL, deadline);
  }

  private void awaitIdle() {
    while (engine.inFlight() > 0) sleepUntil(System.nanoTime() + 2_000_000);
  }

  private static void sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) LockSupport.parkNanos(left);
  }

  @Override
  public void close() {
    engine.close();
  }

  private final class End implements Completion<GenerationResult> {
    private final int steps;
    private final long deadlineNanos;
    private final boolean again;

    private End(int steps, long deadlineNanos, boolean again) {
      this.steps = steps;
      this.deadlineNanos = deadlineNanos;
      this.again = again;
    }

    @Override
    public void completed(GenerationResult value) {
      if (deadlineNanos == Long.MAX_VALUE || System.nanoTime() - deadlineNanos <= 0) {
        inTime.incrementAndGet();
        usefulSteps.addAndGet(steps);
      }
      if (again && loops) loop();
    }

    @Override
    public void failed(GenerationException cause) {}
  }
}
