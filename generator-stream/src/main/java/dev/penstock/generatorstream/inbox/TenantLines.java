package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// The lines in which tenants' prompts wait, one a tenant and priority, and whose turn it is: the line whose first prompt
/// has the earliest deadline, and among equals the one of which the engine has fewest, then the one that was served longest
/// ago. So a tenant that sends a prompt now and then does not wait behind one that sent a million, and the engine, which gives
/// each the same share of its steps, has as many of each to choose from. A tenant that is new comes behind all that wait: names
/// made up for each prompt take a turn each, not all of them.
///
/// A task tells [#MOST_TENANTS] tenants apart; those beyond are one crowd. The stream thread's.
final class TenantLines {

  static final int MOST_TENANTS = 1_024;

  private static final int CROWD = 0;

  /// One tenant's prompts of one priority that may start.
  private static final class Line {
    private final SlotHeap heap;
    private final int tenant;
    private long servedAt;
    /// Variants that the engine has.
    private int started;

    private Line(SlotHeap heap, int tenant, long servedAt) {
      this.heap = heap;
      this.tenant = tenant;
      this.servedAt = servedAt;
    }
  }

  /// One whose prompts are held.
  private final class Tenant {
    private final String name;
    private final Line[] lines = new Line[Priority.values().length];
    private int held;

    private Tenant(String name, int number) {
      this.name = name;
      servings++;
      for (int i = 0; i < lines.length; i++) lines[i] = new Line(new SlotHeap(slots), number, servings);
    }
  }

  private final SlotHeap.Slots slots;
  private final List<TreeSet<Line>> turns = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<@Nullable Tenant> tenants = new ArrayList<>();
  /// Counts those that were served and those that came.
  private long servings;

  /// @param deadlineOf the deadline of a slot
  TenantLines(SlotHeap.Slots slots, IntToLongFunction deadlineOf) {
    this.slots = slots;
    Comparator<Line> order =
        Comparator.<Line>comparingLong(line -> deadlineOf.applyAsLong(line.heap.first()))
            .thenComparingInt(line -> line.started)
            .thenComparingLong(line -> line.servedAt)
            .thenComparingInt(line -> line.tenant);
    for (int i = 0; i < Priority.values().length; i++) turns.add(new TreeSet<>(order));
    tenants.add(new Tenant("", CROWD));
  }

  /// Counts a prompt of this tenant.
  ///
  /// @return the tenant's number, until it has none any more
  int hold(String name) {
    Integer number = numbers.get(name);
    if (number == null) number = newcomer(name);
    tenant(number).held++;
    return number;
  }

  private int newcomer(String name) {
    if (numbers.size() >= MOST_TENANTS) return CROWD;
    int number = tenants.indexOf(null);
    if (number < 0) {
      number = tenants.size();
      tenants.add(null);
    }
    tenants.set(number, new Tenant(name, number));
    numbers.put(name, number);
    return number;
  }

  void drop(int number) {
    Tenant tenant = tenant(number);
    if (--tenant.held > 0 || number == CROWD) return;
    numbers.remove(tenant.name);
    tenants.set(number, null);
  }

  /// How many prompts of this tenant are held, if it is told apart.
  int held(String name) {
    Integer number = numbers.get(name);
    return number == null ? 0 : tenant(number).held;
  }

  private Tenant tenant(int number) {
    Tenant tenant = tenants.get(number);
    if (tenant == null) throw new IllegalStateException("no tenant has the number " + number);
    return tenant;
  }

  void add(int slot, int tenant, int priority) {
    Line line = tenant(tenant).lines[priority];
    TreeSet<Line> turn = turns.get(priority);
    boolean comesFirst = line.heap.isEmpty() || slots.before(slot, line.heap.first());
    if (comesFirst && !line.heap.isEmpty()) turn.remove(line);
    line.heap.add(slot);
    if (comesFirst) turn.add(line);
  }

  void removeAt(int position, int tenant, int priority) {
    Line line = tenant(tenant).lines[priority];
    TreeSet<Line> turn = turns.get(priority);
    if (position == 0) turn.remove(line);
    line.heap.removeAt(position);
    if (position == 0 && !line.heap.isEmpty()) turn.add(line);
  }

  /// What the lines' arrays take.
  long bytes() {
    long bytes = 0;
    for (Tenant tenant : tenants) if (tenant != null) for (Line line : tenant.lines) bytes += line.heap.bytes();
    return bytes;
  }

  boolean isEmpty(int priority) {
    return turns.get(priority).isEmpty();
  }

  /// The slot whose turn it is, of which the engine has one variant more now; it stays where it is. There must be one.
  int next(int priority) {
    TreeSet<Line> turn = turns.get(priority);
    Line line = turn.first();
    turn.remove(line);
    line.servedAt = ++servings;
    line.started++;
    turn.add(line);
    return line.heap.first();
  }

  /// The engine has some variants of this tenant and priority less.
  void returned(int tenant, int priority, int variants) {
    Line line = tenant(tenant).lines[priority];
    TreeSet<Line> turn = turns.get(priority);
    if (!line.heap.isEmpty()) turn.remove(line);
    line.started -= variants;
    if (!line.heap.isEmpty()) turn.add(line);
  }
}
