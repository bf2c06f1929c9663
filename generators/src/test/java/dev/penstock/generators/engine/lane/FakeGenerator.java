package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A generator without a model: a request says through its parameters how many `slots` and `steps` it takes and what
/// goes wrong (`fault`, in step `faultAt`). It writes down who was prepared, and who ran beside whom.
final class FakeGenerator implements Generator<FakeGenerator.Task, String>, Stepper<FakeGenerator.Task, String> {

  /// What a request asks of the model.
  record Task(String id, int slots, int steps, String fault, int faultAt) {}

  final List<String> prepared = new CopyOnWriteArrayList<>();
  /// The ids that were active in each step.
  final List<List<String>> batches = new CopyOnWriteArrayList<>();
  final boolean recording;
  volatile int closed;
  /// How often it was asked for parts.
  volatile int partsTaken;
  /// Runs inside each step.
  volatile Runnable duringStep = () -> {};
  /// How many slots fit into memory.
  volatile int memory = Integer.MAX_VALUE;
  volatile Runnable duringClose = () -> {};
  volatile Runnable duringPrepare = () -> {};

  private final int slots;
  private final Map<Long, Running> running = new LinkedHashMap<>();

  private static final class Running {
    private final Task task;
    private int done;
    private int told;

    private Running(Task task) {
      this.task = task;
    }
  }

  FakeGenerator(int slots) {
    this(slots, true);
  }

  FakeGenerator(int slots, boolean recording) {
    this.slots = slots;
    this.recording = recording;
  }

  static GenerationRequest request(String id, Map<String, Object> parameters) {
    return request(id, "tenant", Priority.NORMAL, null, parameters);
  }

  static GenerationRequest request(
      String id, String tenant, Priority priority, @Nullable Instant deadline, Map<String, Object> parameters) {
    return new GenerationRequest(id, tenant, new Input.Text("secret words"), parameters, 1, 0, 1, priority, deadline);
  }

  @Override
  public Task prepare(GenerationRequest request) throws GenerationException {
    if (recording) prepared.add(request.id());
    duringPrepare.run();
    String fault = (String) request.parameters().getOrDefault("fault", "");
    if (fault.equals("rejected in prepare")) throw new Rejected("TEST", "It is rejected.");
    if (fault.equals("bug in prepare")) throw new IllegalStateException("secret words");
    int needed = (int) request.parameters().getOrDefault("slots", 1);
    int steps = (int) request.parameters().getOrDefault("steps", 1);
    return new Task(request.id(), needed, steps, fault, (int) request.parameters().getOrDefault("faultAt", 1));
  }

  @Override
  public Stepper<Task, String> stepper() {
    return this;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, Task prepared, String draft) {
    if (prepared.fault.equals("bug in complete")) throw new IllegalStateException("secret words");
    byte[] body = draft.getBytes(StandardCharsets.UTF_8);
    return new GenerationResult(
        body, "text/plain", List.of(), Map.of(), new Usage(0, 0, 0, 0), FinishReason.STOP, Timings.NONE);
  }

  @Override
  public void close() {
    closed++;
    duringClose.run();
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public int slotsFor(Task prepared) {
    if (prepared.fault.equals("bug in slotsFor")) throw new IllegalStateException("secret words");
    return prepared.slots;
  }

  @Override
  public int mostSteps(Task prepared) {
    return prepared.steps;
  }

  @Override
  public void admit(long execution, Task prepared) {
    if (prepared.fault.equals("bug in admit")) throw new IllegalStateException("secret words");
    running.put(execution, new Running(prepared));
    int taken = running.values().stream().mapToInt(r -> r.task.slots).sum();
    if (taken > slots) throw new AssertionError(taken + " slots taken of " + slots);
  }

  @Override
  public List<Ended<String>> step() {
    if (recording) batches.add(running.values().stream().map(r -> r.task.id).toList());
    duringStep.run();
    int taken = running.values().stream().mapToInt(r -> r.task.slots).sum();
    if (taken > memory) throw new OutOfMemoryError("secret words");
    for (Running row : running.values()) if (row.done + 1 >= row.task.faultAt) fail(row.task.fault);
    List<Ended<String>> ended = new ArrayList<>();
    for (Iterator<Map.Entry<Long, Running>> rows = running.entrySet().iterator(); rows.hasNext(); ) {
      Map.Entry<Long, Running> row = rows.next();
      if (++row.getValue().done < row.getValue().task.steps) continue;
      rows.remove();
      ended.add(end(row.getKey(), row.getValue().task));
    }
    return ended;
  }

  private static Ended<String> end(long execution, Task task) {
    if (task.fault.equals("its own fault")) return new Ended.Failed<>(execution, new Rejected("TEST", "It is rejected."));
    return new Ended.Finished<>(execution, "made " + task.id, task.steps);
  }

  @SuppressWarnings("restricted")
  private static void fail(String fault) {
    switch (fault) {
      case "poison" -> throw new IllegalStateException("secret words");
      case "out of memory" -> throw new OutOfMemoryError("secret words");
      case "native crash" -> MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
      default -> {}
    }
  }

  /// A token for each step: its number, from 1.
  @Override
  public List<PartialResult> takeParts(long execution) {
    partsTaken++;
    Running row = running.get(execution);
    if (row == null || row.told == row.done) return List.of();
    return List.of(new PartialResult.Tokens(0, IntStream.rangeClosed(row.told + 1, row.told = row.done).toArray()));
  }

  @Override
  public void release(long execution) {
    running.remove(execution);
  }
}
