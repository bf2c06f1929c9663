package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.engine.LaneSnapshot;
import dev.penstock.generators.engine.ModelTooLargeException;
import dev.penstock.generators.engine.PlanStage;
import dev.penstock.generators.engine.crash.CrashFolders;
import dev.penstock.generators.engine.crash.FlightRecorder;
import dev.penstock.generators.engine.crash.Suspects;
import dev.penstock.generators.engine.device.DeviceArbiter;
import dev.penstock.generators.engine.device.MemoryBudget;
import dev.penstock.generators.engine.plan.PlanTask;
import dev.penstock.generators.engine.plan.PlanThreads;
import dev.penstock.generators.engine.plan.TraceWithoutText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine of a process: a lane for each model, loaded or to be loaded on demand, plan threads around them, one
/// device and one bound on memory below. An idle engine burns no processor time.
///
/// Every method may be called by any thread.
///
/// **Failing.** A stage that throws unexpectedly breaks its request as `INTERNAL`. A step that throws makes its
/// executions run again in halves, until the one that fails alone is found: it is `POISON`. A step that runs out of
/// memory makes them run again with half the slots. A request that crashed the process twice while it ran alone
/// is `CRASHED_THE_PROCESS` and is not run, see [Suspects].
///
/// **Stopping.** ONNX Runtime must not be torn down while a step runs, so [#close] must have returned before the JVM
/// begins to exit. Requests that are unfinished then are never completed, and neither are those submitted after it:
/// whoever submitted them holds them in a store and submits them again.
public final class StepEngine implements Engine, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StepEngine.class);

  private final EngineSettings settings;
  private final PlanThreads plan;
  private final EngineParts parts;
  private final Map<String, LaneThread<?, ?>> lanes = new ConcurrentHashMap<>();
  private final AtomicLong arrivals = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean closed;

  /// Reads the evidence of earlier crashes and starts the plan threads.
  ///
  /// @throws IOException if the crash folders cannot be read or written
  public StepEngine(EngineSettings settings, EngineClock clock) throws IOException {
    this.settings = settings;
    CrashFolders folders = settings.crashFolders();
    Suspects suspects = folders == null ? Suspects.none() : Suspects.read(folders, clock.instant());
    this.plan = new PlanThreads(settings.planThreads());
    this.parts =
        new EngineParts(
            clock, new DeviceArbiter(), plan, suspects, new AtomicLong(),
            new MemoryBudget(settings.modelBytes()));
  }

  /// Takes over a loaded model and serves it from now on.
  ///
  /// @param generator closed by this engine
  /// @throws IllegalStateException if the engine serves a model with this digest, or is closed
  /// @throws IOException if its flight recorder cannot be made
  public synchronized <P, D> void add(String modelDigest, Generator<P, D> generator) throws IOException {
    FlightRecorder recorder = recorder(modelDigest, generator.stepper().slots());
    start(modelDigest, Lane.of(modelDigest, generator, recorder, parts), recorder);
  }

  /// Serves a model from now on and loads it when there is work for it. Such models take no more memory together than
  /// [EngineSettings#modelBytes]; the one that was idle longest is closed when another needs the room, never one with
  /// work, except that models which are all busy and do not fit together take turns, each after what it has begun.
  ///
  /// @throws ModelTooLargeException if it does not fit even alone
  /// @throws IllegalStateException if the engine serves a model with this digest, or is closed
  /// @throws IOException if its flight recorder cannot be made
  public synchronized <P, D> void offer(String modelDigest, GeneratorSource<P, D> source) throws IOException {
    if (source.bytes() > parts.memory().most())
      throw new ModelTooLargeException(source.name(), source.bytes(), parts.memory().most());
    FlightRecorder recorder = recorder(modelDigest, source.slots());
    start(modelDigest, Lane.of(modelDigest, source, recorder, parts), recorder);
  }

  /// Loads an offered model ahead of any work, if there is room that nobody else needs; if not, nothing happens.
  ///
  /// @return whether the model is in memory; ends with what its loading threw
  public CompletableFuture<Boolean> warm(String modelDigest) {
    LaneThread<?, ?> lane = lanes.get(modelDigest);
    return lane == null ? CompletableFuture.completedFuture(false) : lane.lane().residence().warm();
  }

  private FlightRecorder recorder(String modelDigest, int slots) throws IOException {
    if (closed) throw new IllegalStateException("the engine is closed");
    if (lanes.containsKey(modelDigest)) throw new IllegalStateException("model " + modelDigest + " is served already");
    CrashFolders folders = settings.crashFolders();
    return folders == null
        ? FlightRecorder.none()
        : FlightRecorder.open(folders.recorders(), modelDigest, slots, parts.clock().millis());
  }

  private <P, D> void start(String modelDigest, Lane<P, D> lane, FlightRecorder recorder) {
    LaneThread<P, D> thread = new LaneThread<>(modelDigest, lane, recorder, parts.clock());
    thread.start();
    lanes.put(modelDigest, thread);
  }

  /// Serves this model no more. What was submitted for it runs to its end; then the generator is closed.
  ///
  /// @return done when the generator is closed; at once if the model was not served
  public CompletableFuture<Void> remove(String modelDigest) {
    LaneThread<?, ?> lane = lanes.get(modelDigest);
    if (lane == null) return CompletableFuture.completedFuture(null);
    return lane.drain().whenComplete((_, _) -> lanes.remove(modelDigest, lane));
  }

  @Override
  public <T> Ticket submit(
      String modelDigest,
      GenerationRequest request,
      PlanStage<GenerationResult, T> last,
      Completion<T> completion) {
    if (closed) return () -> {};
    LaneThread<?, ?> lane = lanes.get(modelDigest);
    if (lane != null && lane.expect()) return post(lane.lane(), request, last, completion);
    refused.incrementAndGet();
    plan.accept(new Refusal<>(request, completion, refused));
    return () -> {};
  }

  private <P, D, T> Ticket post(
      Lane<P, D> lane, GenerationRequest request, PlanStage<GenerationResult, T> last, Completion<T> completion) {
    Job<P, D, T> job = new Job<>(lane, request, last, completion, arrivals.incrementAndGet());
    lane.mail().postArrival(job);
    return job;
  }

  @Override
  public boolean serves(String modelDigest) {
    LaneThread<?, ?> lane = lanes.get(modelDigest);
    return lane != null && !lane.isDraining();
  }

  @Override
  public int inFlight() {
    int count = refused.get();
    for (LaneThread<?, ?> lane : lanes.values()) count += lane.lane().mail().pending();
    return count;
  }

  /// Bytes that models which are loaded on demand take now.
  public long modelBytes() {
    return parts.memory().used();
  }

  /// Models that have work and wait for memory.
  public int modelsWaiting() {
    return parts.memory().waiting();
  }

  /// Models that were closed to make room for others.
  public long evictions() {
    return parts.memory().evictions();
  }

  /// Every lane as it is now.
  public List<LaneSnapshot> lanes() {
    return lanes.values().stream().map(lane -> lane.lane().snapshot()).toList();
  }

  /// As [#close(Duration)] with ten seconds.
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /// Ends the lanes at their next step boundary, then the plan threads after the stage each is in, then closes the
  /// generators. A lane that is still inside a step after this time keeps its generator open, because to free a
  /// session under a running step would crash the process.
  ///
  /// @return whether everything ended and was closed; false as well if the calling thread was interrupted
  public synchronized boolean close(Duration atMost) {
    closed = true;
    long end = System.nanoTime() + atMost.toNanos();
    lanes.values().forEach(LaneThread::stop);
    List<LaneThread<?, ?>> ended = new ArrayList<>();
    boolean all;
    try {
      for (LaneThread<?, ?> lane : lanes.values()) if (lane.join(left(end))) ended.add(lane);
      boolean planEnded = plan.stop(left(end));
      if (planEnded) ended.forEach(LaneThread::closeGenerator);
      all = planEnded && ended.size() == lanes.size();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      all = false;
    }
    if (!all) log.atWarn().addKeyValue("lanesEnded", ended.size()).log("The engine did not stop in time");
    if (all) lanes.clear();
    return all;
  }

  private static Duration left(long endNanos) {
    return Duration.ofNanos(Math.max(1, endNanos - System.nanoTime()));
  }

  /// The end of a request for a model that is not served.
  private record Refusal<T>(GenerationRequest request, Completion<T> completion, AtomicInteger count)
      implements PlanTask {

    @Override
    public Priority priority() {
      return request.priority();
    }

    @Override
    public boolean ends() {
      return true;
    }

    @Override
    public void run() {
      GenerationException cause =
          new Rejected("UNKNOWN_MODEL", "This instance does not serve the model the request was pinned to.");
      try {
        completion.failed(cause);
      } catch (Throwable e) {
        log.atError().addKeyValue("contentId", request.id()).setCause(TraceWithoutText.of(e)).log("A completion threw");
      } finally {
        count.decrementAndGet();
      }
    }
  }
}
