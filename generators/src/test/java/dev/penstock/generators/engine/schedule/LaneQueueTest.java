package dev.penstock.generators.engine.schedule;

import static dev.penstock.generators.Priority.BULK;
import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Specified: the order of a lane. Priority, then deadline, then the tenant that was granted least recently, then
/// arrival; an entry can be taken out from anywhere; the earliest deadline is known.
class LaneQueueTest {

  private static final long NONE = Long.MAX_VALUE;

  private final LaneQueue<Entry> queue = new LaneQueue<>();
  private long arrivals;

  private record Entry(String name, Priority priority, long deadlineMillis, String tenant, long arrival)
      implements LaneQueue.Queued {}

  private Entry add(String name, Priority priority, long deadline, String tenant) {
    Entry entry = new Entry(name, priority, deadline, tenant, ++arrivals);
    queue.add(entry);
    return entry;
  }

  private List<String> drain() {
    List<String> order = new ArrayList<>();
    for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) order.add(entry.name);
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
  void countsAGrantWhereverItWasGiven() {
    add("urgent of a", URGENT, NONE, "a");
    add("a", NORMAL, NONE, "a");
    add("b", NORMAL, NONE, "b");
    assertThat(drain()).containsExactly("urgent of a", "b", "a");
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
    List<Entry> slow = new ArrayList<>();
    List<String> grants = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      if (random.nextInt(5) < 3) {
        long deadline = random.nextBoolean() ? NONE : random.nextInt(3);
        slow.add(add("e" + i, Priority.values()[random.nextInt(3)], deadline, "t" + random.nextInt(4)));
      } else if (random.nextInt(4) == 0 && !slow.isEmpty()) {
        queue.remove(slow.remove(random.nextInt(slow.size())));
      } else {
        Entry expected = slow.stream().min(order(grants)).orElse(null);
        assertThat(queue.poll()).as("seed %d, operation %d", seed, i).isEqualTo(expected);
        if (expected == null) continue;
        slow.remove(expected);
        grants.add(expected.tenant);
      }
    }
  }

  private static Comparator<Entry> order(List<String> grants) {
    return Comparator.comparing(Entry::priority)
        .thenComparing(Entry::deadlineMillis)
        .thenComparing(entry -> grants.lastIndexOf(entry.tenant))
        .thenComparing(Entry::arrival);
  }
}
