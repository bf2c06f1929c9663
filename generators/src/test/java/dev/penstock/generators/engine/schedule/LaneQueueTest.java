package dev.penstock.generators.engine.schedule;

import static dev.penstock.generators.Priority.BULK;
import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Specified: the order of a lane. Priority, then deadline, then the tenant that had least in slots times steps, then arrival;
/// who comes back after a while has saved nothing up; all strangers together have the shares of a few tenants; priorities are
/// counted apart; an entry can be taken out from anywhere; the earliest deadline is known.
class LaneQueueTest {

  private static final long NONE = Long.MAX_VALUE;

  private final Map<Priority, TenantShares> shares = new EnumMap<>(Priority.class);
  private final LaneQueue<Entry> queue = new LaneQueue<>(entry -> shares(entry).had(entry.tenant));
  private long arrivals;

  private record Entry(String name, Priority priority, long deadlineMillis, String tenant, long arrival)
      implements LaneQueue.Queued {}

  private TenantShares shares(Entry entry) {
    return shares.computeIfAbsent(entry.priority, _ -> new TenantShares());
  }

  private Entry add(String name, Priority priority, long deadline, String tenant) {
    Entry entry = new Entry(name, priority, deadline, tenant, ++arrivals);
    shares(entry).comes(tenant);
    queue.add(entry);
    return entry;
  }

  /// The next one gets a slot for so many steps, all of them before another one is served.
  private @Nullable Entry serve(int steps) {
    Entry entry = queue.poll();
    if (entry == null) return null;
    shares(entry).prepares(entry.tenant);
    shares(entry).grants(entry.tenant, 1);
    shares(entry).goes(entry.tenant);
    for (int i = 1; i < steps; i++) shares(entry).keeps(entry.tenant, 1);
    return entry;
  }

  private List<String> drain() {
    List<String> order = new ArrayList<>();
    for (Entry entry = serve(1); entry != null; entry = serve(1)) order.add(entry.name);
    assertThat(queue.size()).isZero();
    return order;
  }

  @Test
  void servesByPriorityThenDeadlineThenArrival() {
    add("bulk", BULK, 1, "a");
    add("no deadline", NORMAL, NONE, "a");
    add("late", NORMAL, 20, "a");
    add("early", NORMAL, 10, "a");
    add("early too", NORMAL, 10, "a");
    add("urgent", URGENT, NONE, "a");
    assertThat(drain()).containsExactly("urgent", "early", "early too", "late", "no deadline", "bulk");
  }

  @Test
  void takesTurnsBetweenTenantsHoweverManyRequestsOneHas() {
    for (int i = 0; i < 4; i++) add("a" + i, BULK, NONE, "a");
    add("b0", BULK, NONE, "b");
    add("b1", BULK, NONE, "b");
    add("c0", BULK, NONE, "c");
    assertThat(drain()).containsExactly("a0", "b0", "c0", "a1", "b1", "a2", "a3");
  }

  @Test
  void givesTheTenantWithLongRequestsFewerTurns() {
    for (int i = 0; i < 4; i++) add("long" + i, BULK, NONE, "long");
    for (int i = 0; i < 9; i++) add("short" + i, BULK, NONE, "short");
    List<String> order = new ArrayList<>();
    while (queue.size() > 0) order.add(serve(queue.peek().tenant.equals("long") ? 3 : 1).name);
    assertThat(order).containsExactly(
        "long0", "short0", "short1", "short2", "long1", "short3", "short4", "short5", "long2", "short6", "short7", "short8", "long3");
  }

  @Test
  void aTenantThatWasAwayHasSavedNothingUp() {
    add("b", BULK, NONE, "b");
    for (int i = 0; i < 20; i++) add("a" + i, BULK, NONE, "a");
    for (int i = 0; i < 12; i++) serve(3);
    for (int i = 1; i < 4; i++) add("b" + i, BULK, NONE, "b");
    List<String> next = new ArrayList<>();
    for (int i = 0; i < 6; i++) next.add(serve(3).name);
    assertThat(next).containsExactly("b1", "a11", "b2", "a12", "b3", "a13");
  }

  @Test
  void whatOneHadWhileNobodyWaitedIsNotHeldAgainstIt() {
    add("a0", BULK, NONE, "a");
    serve(1_000);
    add("b0", BULK, NONE, "b");
    add("a1", BULK, NONE, "a");
    add("b1", BULK, NONE, "b");
    assertThat(drain()).containsExactly("b0", "a1", "b1");
  }

  @Test
  void countsPrioritiesApart() {
    add("urgent of a", URGENT, NONE, "a");
    add("a", NORMAL, NONE, "a");
    add("b", NORMAL, NONE, "b");
    assertThat(drain()).containsExactly("urgent of a", "a", "b");
  }

  @Test
  void whoWaitsInALowerPriorityGivesNobodyCreditInAHigherOne() {
    add("bulk", BULK, NONE, "c");
    for (int i = 0; i < 20; i++) add("a" + i, NORMAL, NONE, "a");
    for (int i = 0; i < 10; i++) serve(1);
    for (int i = 0; i < 3; i++) add("b" + i, NORMAL, NONE, "b");
    List<String> next = new ArrayList<>();
    for (int i = 0; i < 6; i++) next.add(serve(1).name);
    assertThat(next).containsExactly("b0", "a10", "b1", "a11", "b2", "a12");
  }

  @Test
  void remembersGrantsWhileATenantIsAway() {
    add("a0", NORMAL, NONE, "a");
    drain();
    add("a1", NORMAL, NONE, "a");
    add("b0", NORMAL, NONE, "b");
    assertThat(drain()).containsExactly("b0", "a1");
  }

  @Test
  void servesATenantByArrivalEvenWhenAnEarlierOneComesBack() {
    Entry first = add("first", NORMAL, NONE, "a");
    add("second", NORMAL, NONE, "a");
    queue.remove(first);
    queue.add(first);
    assertThat(drain()).containsExactly("first", "second");
  }

  @Test
  void forgetsWhatIsTakenOut() {
    Entry gone = add("gone", URGENT, 5, "a");
    add("stays", NORMAL, 9, "a");
    queue.remove(gone);
    queue.remove(gone);
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.earliestDeadlineMillis()).isEqualTo(9);
    assertThat(drain()).containsExactly("stays");
  }

  @Test
  void findsWhatIsPastItsDeadlineInEveryPriority() {
    add("urgent", URGENT, 30, "a");
    Entry bulk = add("bulk", BULK, 10, "a");
    assertThat(queue.expired(9)).isNull();
    assertThat(queue.expired(10)).isEqualTo(bulk);
  }

  @Test
  void agreesWithASlowQueueThatFollowsTheRuleWordForWord() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    SlowQueue slow = new SlowQueue();
    for (int i = 0; i < 3_000; i++) {
      if (random.nextInt(5) < 3) {
        long deadline = random.nextBoolean() ? NONE : random.nextInt(3);
        slow.add(add("e" + i, Priority.values()[random.nextInt(3)], deadline, "t" + random.nextInt(4)));
      } else if (random.nextInt(4) == 0 && !slow.entries.isEmpty()) {
        Entry gone = slow.entries.get(random.nextInt(slow.entries.size()));
        slow.remove(gone);
        queue.remove(gone);
        shares(gone).goes(gone.tenant);
      } else {
        int steps = 1 + random.nextInt(9);
        assertThat(serve(steps)).as("seed %d, operation %d", seed, i).isEqualTo(slow.serve(steps));
      }
    }
  }

  /// The rule of [TenantShares], counted anew each time.
  private static final class SlowQueue {

    private record Sharer(Priority priority, String tenant) {
      private static Sharer of(Entry entry) {
        return new Sharer(entry.priority, entry.tenant);
      }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Sharer, Long> had = new HashMap<>();
    private final Map<Sharer, Integer> grants = new HashMap<>();
    private final Map<Priority, Long> least = new EnumMap<>(Priority.class);
    private final Map<Priority, Long> beginning = new EnumMap<>(Priority.class);

    private void add(Entry entry) {
      Sharer sharer = Sharer.of(entry);
      if (!waits(sharer)) had.merge(known(sharer), least(sharer), Math::max);
      entries.add(entry);
    }

    private Sharer known(Sharer sharer) {
      if (had.containsKey(sharer)) return sharer;
      beginning.merge(sharer.priority, least(sharer) * TenantShares.SHARES_OF_STRANGERS, Math::max);
      had.put(sharer, beginning(sharer));
      return sharer;
    }

    private boolean waits(Sharer sharer) {
      return entries.stream().map(Sharer::of).anyMatch(sharer::equals);
    }

    private void remove(Entry entry) {
      entries.remove(entry);
      Sharer sharer = Sharer.of(entry);
      if (waits(sharer) || had.get(sharer) > least(sharer)) return;
      had.remove(sharer);
      grants.remove(sharer);
    }

    private @Nullable Entry serve(int steps) {
      Entry next = entries.stream().min(Comparator.comparing(Entry::priority).thenComparing(Entry::deadlineMillis)
          .thenComparing(entry -> had.get(Sharer.of(entry))).thenComparing(Entry::arrival)).orElse(null);
      if (next == null) return null;
      grants.merge(Sharer.of(next), 1, Integer::sum);
      charge(Sharer.of(next));
      remove(next);
      for (int i = 1; i < steps; i++) charge(known(Sharer.of(next)));
      return next;
    }

    private void charge(Sharer sharer) {
      long nobodys = Math.max(Math.max(least(sharer), had.get(sharer)), beginning(sharer));
      least.put(sharer.priority, entries.stream().filter(entry -> entry.priority == sharer.priority)
          .mapToLong(entry -> had.get(Sharer.of(entry))).min().orElse(nobodys));
      had.merge(sharer, 1L, Long::sum);
      if (grants.getOrDefault(sharer, 0) <= 1) beginning.merge(sharer.priority, 1L, Long::sum);
    }

    private long least(Sharer sharer) {
      return least.getOrDefault(sharer.priority, 0L);
    }

    private long beginning(Sharer sharer) {
      return beginning.getOrDefault(sharer.priority, 0L) / TenantShares.SHARES_OF_STRANGERS;
    }
  }
}
