package dev.penstock.generators.engine.device;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Grants the one device to one lane at a time, step by step: the highest priority active in the lane first, then the
/// earliest deadline, then the lane that has used less device time.
///
/// A lane calls [#grants] before each step and [#leave] when it has nothing to step. It keeps the device while it
/// gets its next step ready, so that a lane in a hurry is not overtaken between two of its steps.
///
/// Device time is compared from the moment a lane came to contend: one that was idle for an hour has no hour saved
/// up (start-time fair queueing).
public final class DeviceArbiter {

  private final List<Contender> waiting = new ArrayList<>();
  private @Nullable Contender holder;
  /// Device time of the lane that was granted last, the start for those that come new.
  private long virtualNanos;

  /// What a lane brings before the arbiter. All fields belong to the arbiter's monitor.
  public static final class Contender {
    private final Runnable granted;
    private Priority priority = Priority.BULK;
    private long deadlineMillis = Long.MAX_VALUE;
    private long usedNanos;

    /// @param granted called, on another lane's thread, when the device became this lane's; must not block
    public Contender(Runnable granted) {
      this.granted = granted;
    }

    private boolean goesBefore(Contender other) {
      if (priority != other.priority) return priority.compareTo(other.priority) < 0;
      if (deadlineMillis != other.deadlineMillis) return deadlineMillis < other.deadlineMillis;
      return usedNanos < other.usedNanos;
    }
  }

  /// Asks for a step with the urgency the lane has now.
  ///
  /// @param usedNanos device time since the last call
  /// @return whether the device is the lane's; if not, `granted` is called once it is, and the lane asks again
  public synchronized boolean grants(Contender lane, Priority priority, long deadlineMillis, long usedNanos) {
    lane.priority = priority;
    lane.deadlineMillis = deadlineMillis;
    lane.usedNanos += usedNanos;
    if (holder == lane) {
      virtualNanos = Math.max(virtualNanos, lane.usedNanos);
      Contender best = best();
      if (best == null || !best.goesBefore(lane)) return true;
      waiting.add(lane);
      handTo(best);
      return false;
    }
    if (!waiting.contains(lane)) {
      lane.usedNanos = Math.max(lane.usedNanos, virtualNanos);
      waiting.add(lane);
    }
    if (holder != null) return false;
    waiting.remove(lane);
    holder = lane;
    return true;
  }

  /// The lane has nothing to step; the device, if it was this lane's, goes to the next.
  public synchronized void leave(Contender lane, long usedNanos) {
    lane.usedNanos += usedNanos;
    waiting.remove(lane);
    if (holder != lane) return;
    virtualNanos = Math.max(virtualNanos, lane.usedNanos);
    holder = null;
    Contender best = best();
    if (best != null) handTo(best);
  }

  private @Nullable Contender best() {
    Contender best = null;
    for (Contender lane : waiting) if (best == null || lane.goesBefore(best)) best = lane;
    return best;
  }

  private void handTo(Contender lane) {
    waiting.remove(lane);
    holder = lane;
    virtualNanos = Math.max(virtualNanos, lane.usedNanos);
    lane.granted.run();
  }
}
