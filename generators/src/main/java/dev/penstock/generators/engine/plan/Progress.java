package dev.penstock.generators.engine.plan;

import dev.penstock.generators.PartialResult;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.StreamedCompletion;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of one submission's partial results from the lane to whoever listens. The lane thread adds; plan threads
/// tell, one at a time.
public final class Progress implements PlanTask {

  private static final Logger log = LoggerFactory.getLogger(Progress.class);

  private record Part(UUID execution, PartialResult result) {}

  private final String id;
  private final Priority priority;
  private final StreamedCompletion<?> listener;
  private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean posted = new AtomicBoolean();
  /// Guarded by this.
  private boolean deaf;

  public Progress(String id, Priority priority, StreamedCompletion<?> listener) {
    this.id = id;
    this.priority = priority;
    this.listener = listener;
  }

  /// The lane thread hands parts over.
  ///
  /// @return whether this is to be given to the plan threads; if not, it is there already
  public boolean add(UUID execution, List<PartialResult> results) {
    for (PartialResult result : results) parts.add(new Part(execution, result));
    return !results.isEmpty() && posted.compareAndSet(false, true);
  }

  @Override
  public Priority priority() {
    return priority;
  }

  @Override
  public boolean ends() {
    return true;
  }

  @Override
  public void run() {
    posted.set(false);
    tellAll();
  }

  /// Tells what was added so far; it has been told when this returns.
  public synchronized void tellAll() {
    for (Part part = parts.poll(); part != null; part = parts.poll()) if (!deaf) tell(part);
  }

  private void tell(Part part) {
    try {
      listener.progressed(part.execution(), part.result());
    } catch (Throwable e) {
      deaf = true;
      log.atError().addKeyValue("contentId", id).setCause(TraceWithoutText.of(e))
          .log("A listener to partial results threw; it is told no more of them");
    }
  }
}
