package dev.penstock.generators.engine.schedule;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Requests in the order they are served: by priority, then deadline, then tenant (who had least, see [TenantShares]), then
/// arrival. One thread.
///
/// Equals are requests of one priority and one deadline to the millisecond; those without a deadline are equals and
/// come last.
///
/// @param <J> what is queued
public final class LaneQueue<J extends LaneQueue.Queued> {

  /// What the order needs to know of a request; must not change while it is queued.
  public interface Queued {
    Priority priority();

    /// Epoch milliseconds; `Long.MAX_VALUE` is no deadline.
    long deadlineMillis();

    String tenant();

    /// Unique; an earlier arrival has the lower number.
    long arrival();
  }

  private final List<TreeMap<Long, Level>> levels = new ArrayList<>();
  private final ToLongFunction<? super J> had;
  private final int[] sizes = new int[Priority.values().length];
  private int size;

  /// @param had what a request's tenant had by requests of its kind; alike for its equals, and must not fall while they are queued
  public LaneQueue(ToLongFunction<? super J> had) {
    this.had = had;
    for (int i = 0; i < Priority.values().length; i++) levels.add(new TreeMap<>());
  }

  public int size() {
    return size;
  }

  public void add(J job) {
    levels.get(job.priority().ordinal()).computeIfAbsent(job.deadlineMillis(), _ -> new Level()).add(job);
    sizes[job.priority().ordinal()]++;
    size++;
  }

  /// The request that is served next, or null.
  public @Nullable J peek() {
    for (TreeMap<Long, Level> byDeadline : levels) {
      if (!byDeadline.isEmpty()) return byDeadline.firstEntry().getValue().first();
    }
    return null;
  }

  /// Takes the request that is served next, or null.
  public @Nullable J poll() {
    J job = peek();
    if (job != null) remove(job);
    return job;
  }

  /// Takes a request out of the order; nothing happens if it is not there.
  public void remove(J job) {
    TreeMap<Long, Level> byDeadline = levels.get(job.priority().ordinal());
    Level level = byDeadline.get(job.deadlineMillis());
    if (level == null || !level.remove(job)) return;
    if (level.lines.isEmpty()) byDeadline.remove(job.deadlineMillis());
    sizes[job.priority().ordinal()]--;
    size--;
  }

  /// How many requests go before one with this priority and deadline, whatever their tenants; equals are not counted.
  /// Counts no further than `most` and through no more than a thousand deadlines, so it may be too low.
  public int countBefore(Priority priority, long deadlineMillis, long most) {
    int count = 0;
    for (int i = 0; i < priority.ordinal(); i++) count += sizes[i];
    int levelsSeen = 0;
    for (Level level : levels.get(priority.ordinal()).headMap(deadlineMillis).values()) {
      if (count > most || ++levelsSeen > 1_000) break;
      count += level.size;
    }
    return count;
  }

  /// How many requests of this priority and of more urgent ones have a deadline.
  public int countWithDeadline(Priority priority) {
    int count = 0;
    for (int i = 0; i <= priority.ordinal(); i++) {
      Level patient = levels.get(i).get(Long.MAX_VALUE);
      count += sizes[i] - (patient == null ? 0 : patient.size);
    }
    return count;
  }

  /// A request whose deadline is at or before `millis`, or null.
  public @Nullable J expired(long millis) {
    for (TreeMap<Long, Level> byDeadline : levels) {
      if (!byDeadline.isEmpty() && byDeadline.firstKey() <= millis) return byDeadline.firstEntry().getValue().first();
    }
    return null;
  }

  /// The earliest deadline of all, `Long.MAX_VALUE` if there is none.
  public long earliestDeadlineMillis() {
    long earliest = Long.MAX_VALUE;
    for (TreeMap<Long, Level> byDeadline : levels) {
      if (!byDeadline.isEmpty()) earliest = Math.min(earliest, byDeadline.firstKey());
    }
    return earliest;
  }

  /// One tenant's requests among equals, by arrival.
  private static final class Line<J extends Queued> {
    private final String tenant;
    private final TreeSet<J> jobs = new TreeSet<>(Comparator.comparingLong(Queued::arrival));
    /// What the line is sorted by: never later than the truth, see [Level#first].
    private long sortedByShare;
    private long sortedByArrival;

    private Line(String tenant) {
      this.tenant = tenant;
    }
  }

  /// Requests of one priority and deadline.
  private final class Level {
    private final Map<String, Line<J>> lines = new HashMap<>();
    private int size;
    private final PriorityQueue<Line<J>> order =
        new PriorityQueue<>(
            Comparator.<Line<J>>comparingLong(line -> line.sortedByShare).thenComparingLong(line -> line.sortedByArrival));

    private void add(J job) {
      size++;
      Line<J> line = lines.get(job.tenant());
      boolean comesFirst = line == null || job.arrival() < line.sortedByArrival;
      if (line == null) lines.put(job.tenant(), line = new Line<>(job.tenant()));
      line.jobs.add(job);
      if (!comesFirst) return;
      order.remove(line);
      sort(line);
    }

    private boolean remove(J job) {
      Line<J> line = lines.get(job.tenant());
      if (line == null || !line.jobs.remove(job)) return false;
      size--;
      if (line.jobs.isEmpty()) {
        lines.remove(line.tenant);
        order.remove(line);
      }
      return true;
    }

    /// Share and arrival of a line only grow while it stands still, so a line whose place is out of date stands too
    /// far ahead: it is found here and sorted again.
    private J first() {
      while (true) {
        Line<J> line = order.element();
        J next = line.jobs.getFirst();
        if (line.sortedByShare == had.applyAsLong(next) && line.sortedByArrival == next.arrival()) return next;
        order.remove();
        sort(line);
      }
    }

    private void sort(Line<J> line) {
      J next = line.jobs.getFirst();
      line.sortedByShare = had.applyAsLong(next);
      line.sortedByArrival = next.arrival();
      order.add(line);
    }
  }
}
