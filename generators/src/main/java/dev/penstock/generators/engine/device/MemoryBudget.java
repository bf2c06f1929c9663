package dev.penstock.generators.engine.device;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which models are in memory, so that together they take no more than they may. Any lane thread.
///
/// A lane that has work and no model asks for room and waits; the most urgent goes first, then who waits longest.
/// Room is made by asking others to leave: first those without work, the least recently used first. One with work
/// finishes what it has begun before it leaves, and is asked only if its work is less urgent, or as urgent and its
/// turn is over: a second, or four times what its loading took. So two busy models that do not fit together take
/// turns, and loading takes at most a fifth of the time.
public final class MemoryBudget {

  static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final int TURN_LOADS = 4;

  private static final Comparator<Claim> BY_URGENCY =
      Comparator.<Claim, Priority>comparing(claim -> claim.priority).thenComparingLong(claim -> claim.sinceNanos);
  private static final Comparator<Claim> LEAST_RECENTLY_USED = Comparator.comparingLong(claim -> claim.usedNanos);

  private final long most;
  private final List<Claim> resident = new ArrayList<>();
  private final List<Claim> waiting = new ArrayList<>();
  private long used;
  private long evictions;

  /// A lane before the budget. All fields but `leaving` belong to the budget's monitor.
  public static final class Claim {
    private final long bytes;
    private final Runnable nudge;
    private volatile boolean leaving;
    private boolean works;
    private Priority priority = Priority.BULK;
    private long sinceNanos;
    private long usedNanos;
    private long turnNanos = TURN_NANOS;

    /// @param nudge makes the lane look around; called from any thread, must not block
    public Claim(long bytes, Runnable nudge) {
      this.bytes = bytes;
      this.nudge = nudge;
    }

    /// Whether the lane is asked to close its model as soon as nothing that it began is unfinished.
    public boolean isLeaving() {
      return leaving;
    }
  }

  /// @param most bytes for all models; `Long.MAX_VALUE` is no bound
  public MemoryBudget(long most) {
    this.most = most;
  }

  public long most() {
    return most;
  }

  public synchronized long used() {
    return used;
  }

  /// Models that wait for room.
  public synchronized int waiting() {
    return waiting.size();
  }

  /// Models that were closed to make room.
  public synchronized long evictions() {
    return evictions;
  }

  /// Asks for room for a model whose lane has work of this priority. Ask again until it is granted, at times.
  ///
  /// @return whether the room is the lane's: it may load
  public synchronized boolean grants(Claim claim, Priority priority, long nowNanos) {
    if (resident.contains(claim)) return true;
    claim.priority = priority;
    claim.works = true;
    if (!waiting.contains(claim)) {
      claim.sinceNanos = nowNanos;
      waiting.add(claim);
    }
    serve(nowNanos);
    return resident.contains(claim);
  }

  /// Takes room for a model ahead of any work, if there is some that nobody needs.
  public synchronized boolean grantsSpare(Claim claim, long nowNanos) {
    if (resident.contains(claim)) return true;
    if (!waiting.isEmpty() || claim.bytes > most - used) return false;
    claim.works = false;
    admit(claim, nowNanos);
    return true;
  }

  /// The model is loaded: its turn begins.
  public synchronized void loaded(Claim claim, long loadNanos, long nowNanos) {
    claim.sinceNanos = nowNanos;
    claim.usedNanos = nowNanos;
    claim.turnNanos = Math.max(TURN_NANOS, TURN_LOADS * loadNanos);
    serve(nowNanos);
  }

  /// What the lane has to do changed.
  ///
  /// @param priority its most urgent work, or null if it has none
  public synchronized void works(Claim claim, @Nullable Priority priority, long nowNanos) {
    claim.works = priority != null;
    if (priority != null) claim.priority = priority;
    claim.usedNanos = nowNanos;
    serve(nowNanos);
  }

  /// The lane has closed its model, or could not load it, or does not want it any more.
  public synchronized void gone(Claim claim, long nowNanos) {
    if (claim.leaving) evictions++;
    claim.leaving = false;
    if (resident.remove(claim)) used -= claim.bytes;
    if (waiting.remove(claim)) resident.forEach(other -> other.leaving = false);
    serve(nowNanos);
  }

  private void serve(long nowNanos) {
    waiting.sort(BY_URGENCY);
    while (!waiting.isEmpty() && waiting.getFirst().bytes <= most - used) {
      Claim next = waiting.removeFirst();
      admit(next, nowNanos);
      next.nudge.run();
    }
    if (!waiting.isEmpty()) makeRoom(waiting.getFirst(), nowNanos);
  }

  private void admit(Claim claim, long nowNanos) {
    resident.add(claim);
    used += claim.bytes;
    // Until it is loaded its turn has not begun.
    claim.sinceNanos = Long.MAX_VALUE;
    claim.usedNanos = nowNanos;
  }

  private void makeRoom(Claim next, long nowNanos) {
    long missing = next.bytes - (most - used);
    for (Claim claim : resident) if (claim.leaving) missing -= claim.bytes;
    List<Claim> mayLeave = new ArrayList<>();
    resident.stream().filter(claim -> !claim.works).sorted(LEAST_RECENTLY_USED).forEach(mayLeave::add);
    resident.stream().filter(claim -> claim.works && yields(claim, next, nowNanos))
        .sorted(Comparator.comparingLong(claim -> claim.sinceNanos)).forEach(mayLeave::add);
    for (Claim claim : mayLeave) {
      if (missing <= 0) return;
      if (claim.leaving) continue;
      claim.leaving = true;
      missing -= claim.bytes;
      claim.nudge.run();
    }
  }

  private static boolean yields(Claim claim, Claim next, long nowNanos) {
    if (claim.sinceNanos == Long.MAX_VALUE) return false;
    int urgency = claim.priority.compareTo(next.priority);
    return urgency > 0 || urgency == 0 && nowNanos - claim.sinceNanos >= claim.turnNanos;
  }
}
