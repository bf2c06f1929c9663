package dev.penstock.generatorstream.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import dev.penstock.generatorstream.inbox.InboxIndex.Entry;
import dev.penstock.generatorstream.inbox.InboxIndex.Expired;
import dev.penstock.schemas.Ids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The index gives back what was put in, by priority, then deadline, then the tenant of whom the engine has fewest, in turn, then
/// arrival, however it is used; and knows every prompt by its id until it ended.
final class InboxIndexTest {

  private static final Comparator<Pending> ORDER =
      Comparator.comparing(Pending::deadlineMillis).thenComparing(Pending::offset);

  private static Pending prompt(long offset, String tenant, int variants, Priority priority, long deadline) {
    return new Pending(offset, Ids.hash("p" + offset), tenant, variants, priority, deadline, null);
  }

  private static Pending prompt(long offset, String tenant) {
    return prompt(offset, tenant, 1, Priority.NORMAL, InboxIndex.NEVER);
  }

  @Test
  void agreesWithASortedListOverRandomUse() {
    long seed = 20261122;
    SplittableRandom random = new SplittableRandom(seed);
    InboxIndex index = new InboxIndex();
    List<Pending> waiting = new ArrayList<>();
    List<Pending> running = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String step = "seed %d, step %d".formatted(seed, i);
      int action = random.nextInt(8);
      Priority priority = Priority.values()[random.nextInt(3)];
      if (action < 4 || waiting.isEmpty()) {
        long deadline = random.nextBoolean() ? InboxIndex.NEVER : random.nextInt(1_000);
        Pending added = prompt(i, "acme", 1, priority, deadline);
        index.add(added, true);
        waiting.add(added);
      } else if (action == 4 && index.hasExpired(999)) {
        Pending expected = waiting.stream().min(ORDER).orElseThrow();
        assertThat(index.pollExpired()).as(step).isEqualTo(new Expired(expected.offset(), 1));
        waiting.remove(expected);
        running.add(expected);
      } else if (action == 5 && !running.isEmpty()) {
        Pending ended = running.remove(random.nextInt(running.size()));
        index.drop(ended.idHash(), ended.offset());
        assertThat(index.holds(ended)).as(step).isFalse();
      } else if (action == 6) {
        Pending taken = waiting.remove(random.nextInt(waiting.size()));
        assertThat(index.offsetOf(taken.idHash())).as(step).isEqualTo(taken.offset());
        assertThat(index.takeWaiting(taken.idHash(), taken.offset())).as(step).isOne();
        running.add(taken);
      } else {
        var expected = waiting.stream().filter(p -> p.priority() == priority).min(ORDER);
        assertThat(index.has(priority)).isEqualTo(expected.isPresent());
        if (expected.isEmpty()) continue;
        assertThat(index.poll(priority)).as(step).isEqualTo(new Entry(expected.get().offset(), 0));
        waiting.remove(expected.get());
        running.add(expected.get());
      }
      assertThat(index.waiting()).isEqualTo(waiting.size());
      assertThat(index.held("acme")).isEqualTo(waiting.size() + running.size());
    }
    assertThat(waiting).allMatch(index::holds);
    assertThat(running).allMatch(index::holds);
  }

  @Test
  void aPromptTakesAtMost64BytesWithADeadlineAsWell() {
    InboxIndex index = new InboxIndex();
    double most = 0;
    for (int i = 0; i < 1_000_000; i++) {
      index.add(prompt(i, "acme", 1, Priority.BULK, 1_000_000 - i % 1_000), true);
      if (i > 10_000) most = Math.max(most, (double) index.bytes() / (i + 1));
    }
    assertThat(most).isBetween(40.0, 64.0);
  }

  @Test
  void aTenantThatTricklesDoesNotWaitBehindOneThatFloods() {
    InboxIndex index = new InboxIndex();
    for (int i = 0; i < 1_000; i++) index.add(prompt(i, "flooding"), true);
    for (int i = 0; i < 3; i++) index.poll(Priority.NORMAL);
    for (int i = 1_000; i < 1_005; i++) index.add(prompt(i, "trickling"), true);

    List<Long> next = IntStream.range(0, 8).mapToObj(i -> index.poll(Priority.NORMAL).offset()).toList();

    assertThat(next).as("until the engine has three of each, then in turn")
        .containsExactly(1_000L, 1_001L, 1_002L, 3L, 1_003L, 4L, 1_004L, 5L);
  }

  @Test
  void whoseVariantsComeBackFromTheEngineSoonerStartsMoreOften() {
    InboxIndex index = new InboxIndex();
    for (int i = 0; i < 100; i++) index.add(prompt(i, "slow"), true);
    for (int i = 100; i < 200; i++) index.add(prompt(i, "quick"), true);
    for (int i = 0; i < 4; i++) index.poll(Priority.NORMAL);
    for (int i = 0; i < 50; i++) {
      index.returned(Ids.hash("p" + (100 + i)), 100 + i, 1);
      assertThat(index.poll(Priority.NORMAL).offset()).as("two of each are with the engine").isEqualTo(102 + i);
    }
    index.returned(Ids.hash("p0"), 0, 1);
    assertThat(index.poll(Priority.NORMAL).offset()).isEqualTo(2);
  }

  @Test
  void whatTheEngineHasOfOnePriorityDoesNotHoldAnotherBack() {
    InboxIndex index = new InboxIndex();
    for (int i = 0; i < 10; i++) index.add(prompt(i, "a", 1, Priority.BULK, InboxIndex.NEVER), true);
    for (int i = 0; i < 10; i++) index.poll(Priority.BULK);
    for (int i = 10; i < 20; i++) index.add(prompt(i, "b"), true);
    index.poll(Priority.NORMAL);
    index.add(prompt(20, "a"), true);

    assertThat(index.poll(Priority.NORMAL).offset()).as("the engine has ten of a, but none that is not bulk").isEqualTo(20);
  }

  @Test
  void anEarlierDeadlineGoesBeforeTheTenantsTurn() {
    InboxIndex index = new InboxIndex();
    index.add(prompt(0, "a"), true);
    index.add(prompt(1, "a", 1, Priority.NORMAL, 50), true);
    index.add(prompt(2, "b"), true);
    assertThat(index.poll(Priority.NORMAL).offset()).isEqualTo(1);
    assertThat(index.poll(Priority.NORMAL).offset()).as("the other tenant's turn").isEqualTo(2);
  }

  @Test
  void aTenantThatWaitsHasItsTurnHoweverManyNewOnesCome() {
    InboxIndex index = new InboxIndex();
    int waiting = 1_000_000;
    for (int i = 0; i < 100; i++) index.add(prompt(waiting + i, "waiting"), true);
    int turns = 0;
    for (int i = 0; i < 20_000; i += 2) {
      index.add(prompt(i, "new " + i), true);
      index.add(prompt(i + 1, "new " + (i + 1)), true);
      long offset = index.poll(Priority.NORMAL).offset();
      index.returned(Ids.hash("p" + offset), offset, 1);
      index.drop(Ids.hash("p" + offset), offset);
      if (offset >= waiting) turns++;
    }
    assertThat(turns).as("of 10,000, with 1,024 other tenants that wait").isGreaterThanOrEqualTo(9);
  }

  @Test
  void tenantsBeyondTheMostAreOneCrowdAndNothingIsLost() {
    InboxIndex index = new InboxIndex();
    int all = TenantLines.MOST_TENANTS + 100;
    for (int i = 0; i < all; i++) index.add(prompt(i, "tenant " + i), true);
    assertThat(index.held("tenant 0")).isOne();
    assertThat(index.held("tenant " + (all - 1))).as("one of the crowd").isZero();

    for (int i = 0; i < all; i++) {
      long offset = index.poll(Priority.NORMAL).offset();
      index.drop(Ids.hash("p" + offset), offset);
    }
    assertThat(index.has(Priority.NORMAL)).isFalse();
    assertThat(index.held("tenant 0")).isZero();
  }

  @Test
  void variantsLeaveOneByOneAndWhatWaitsOfThemExpiresTogether() {
    InboxIndex index = new InboxIndex();
    index.add(prompt(7, "a", 0b1101, Priority.BULK, 100), true);
    assertThat(index.poll(Priority.BULK)).isEqualTo(new Entry(7, 0));
    assertThat(index.pollExpired()).isEqualTo(new Expired(7, 0b1100));
    assertThat(index.waiting()).isZero();
    assertThat(index.offsetOf(Ids.hash("p7"))).as("variant 0 still runs").isEqualTo(7);
  }

  @Test
  void whoWaitsBehindAnotherStartsWhenItIsReleasedButMayExpireBefore() {
    InboxIndex index = new InboxIndex();
    Pending first = prompt(1, "a");
    Pending second = prompt(2, "a", 1, Priority.NORMAL, 100);
    index.add(first, false);
    index.add(second, false);
    assertThat(index.has(Priority.NORMAL)).isFalse();
    index.release(first);
    assertThat(index.poll(Priority.NORMAL).offset()).isEqualTo(1);
    assertThat(index.hasExpired(100)).isTrue();
    assertThat(index.pollExpired()).isEqualTo(new Expired(2, 1));
    assertThat(index.drop(second.idHash(), 2)).as("was behind").isTrue();
    assertThat(index.drop(first.idHash(), 1)).isFalse();
  }

  @Test
  void twoPromptsOfOneIdAreToldApartByTheirOffsets() {
    InboxIndex index = new InboxIndex();
    Pending first = new Pending(1, 99, "a", 1, Priority.NORMAL, InboxIndex.NEVER, null);
    Pending second = new Pending(2, 99, "a", 1, Priority.NORMAL, InboxIndex.NEVER, null);
    index.add(first, true);
    index.add(second, true);
    index.drop(99, 1);
    assertThat(index.holds(first)).isFalse();
    assertThat(index.offsetOf(99)).isEqualTo(2);
  }
}
