package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.LaneFigures;
import dev.penstock.generators.engine.PlanStage;
import dev.penstock.generators.engine.crash.FlightRecorder;
import dev.penstock.generators.engine.crash.Suspects;
import dev.penstock.generators.engine.device.DeviceArbiter;
import dev.penstock.generators.engine.device.MemoryBudget;
import dev.penstock.generators.engine.plan.PlanTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A lane with a fake model that a test steps by hand, under a clock that stands still. Plan tasks run when the test
/// says so.
abstract class SteppedLane {

  final VirtualClock clock = new VirtualClock();
  final Deque<PlanTask> plan = new ArrayDeque<>();
  final DeviceArbiter arbiter = new DeviceArbiter();
  final FakeGenerator model;
  final Lane<FakeGenerator.Task, String> lane;
  /// By request, in the order of submission.
  final Map<String, Recorded<String>> ends = new LinkedHashMap<>();
  private long arrivals;

  SteppedLane(int slots) {
    model = new FakeGenerator(slots);
    EngineParts parts = new EngineParts(clock, arbiter, plan::add, Suspects.none(), new AtomicLong(), new MemoryBudget(0));
    lane = Lane.of("digest", model, FlightRecorder.none(), parts);
  }

  Engine.Ticket submit(String id, Priority priority, Map<String, Object> parameters) {
    return submit(id, "tenant", priority, null, parameters);
  }

  Engine.Ticket submit(
      String id, String tenant, Priority priority, @Nullable Duration ttl, Map<String, Object> parameters) {
    GenerationRequest request =
        FakeGenerator.request(id, tenant, priority, ttl == null ? null : clock.instant().plus(ttl), parameters);
    Recorded<String> end = new Recorded<>();
    ends.put(id, end);
    return post(request, result -> new String(result.body()), end);
  }

  <T> Engine.Ticket post(GenerationRequest request, PlanStage<GenerationResult, T> last, Completion<T> completion) {
    lane.mail().expect();
    Job<FakeGenerator.Task, String, T> job = new Job<>(lane, request, last, completion, ++arrivals);
    lane.mail().postArrival(job);
    return job;
  }

  void runPlan() {
    while (!plan.isEmpty()) plan.poll().run();
  }

  /// Turns and plan tasks until nothing is left to do.
  void settle() {
    for (boolean more = true; more || !plan.isEmpty(); ) {
      runPlan();
      more = lane.turn();
    }
  }

  /// Prepares what the lane wants prepared, then one turn.
  void prepareAndTurn() {
    lane.turn();
    runPlan();
    lane.turn();
  }

  LaneFigures figures() {
    return lane.snapshot().figures();
  }
}
