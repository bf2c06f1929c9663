package dev.penstock.generators.engine.device;

import static dev.penstock.generators.Priority.BULK;
import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.device.MemoryBudget.Claim;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Specified: who gets room among 100 bytes, and who is asked to leave for it. Time stands still unless a test moves
/// it.
class MemoryBudgetTest {

  private final MemoryBudget budget = new MemoryBudget(100);
  private long now;

  private static Claim claim(long bytes) {
    return new Claim(bytes, () -> {});
  }

  /// A model in memory whose lane has work of this priority.
  private Claim busy(long bytes, Priority priority) {
    Claim claim = claim(bytes);
    assertThat(budget.grants(claim, priority, now)).isTrue();
    budget.loaded(claim, 0, now);
    return claim;
  }

  private Claim idle(long bytes) {
    Claim claim = busy(bytes, NORMAL);
    budget.works(claim, null, ++now);
    return claim;
  }

  @Test
  void grantsWhatFits() {
    busy(60, NORMAL);
    busy(40, NORMAL);
    assertThat(budget.used()).isEqualTo(100);
    assertThat(budget.grants(claim(1), NORMAL, now)).isFalse();
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void asksTheLeastRecentlyUsedWithoutWorkToLeave() {
    Claim first = idle(30);
    Claim second = idle(30);
    Claim third = idle(30);
    budget.works(first, NORMAL, ++now);
    budget.works(first, null, ++now);
    Claim asks = claim(40);
    assertThat(budget.grants(asks, NORMAL, now)).as("not before the room is free").isFalse();
    assertThat(second.isLeaving()).isTrue();
    assertThat(first.isLeaving() || third.isLeaving()).as("one is enough").isFalse();
    budget.gone(second, now);
    assertThat(budget.grants(asks, NORMAL, now)).isTrue();
    assertThat(budget.evictions()).isEqualTo(1);
  }

  @Test
  void asksAsManyAsAreNeeded() {
    Claim first = idle(30);
    Claim second = idle(30);
    Claim third = idle(40);
    assertThat(budget.grants(claim(55), NORMAL, now)).isFalse();
    assertThat(first.isLeaving() && second.isLeaving()).isTrue();
    assertThat(third.isLeaving()).isFalse();
  }

  @Test
  void leavesOneWithWorkAloneUntilItsTurnIsOver() {
    Claim works = busy(80, NORMAL);
    budget.loaded(works, TimeUnit.SECONDS.toNanos(3), now);
    Claim asks = claim(50);
    now += 4 * TimeUnit.SECONDS.toNanos(3) - 1;
    assertThat(budget.grants(asks, NORMAL, now)).isFalse();
    assertThat(works.isLeaving()).isFalse();
    budget.grants(asks, NORMAL, ++now);
    assertThat(works.isLeaving()).isTrue();
  }

  @Test
  void neverInterruptsMoreUrgentWork() {
    Claim works = busy(80, URGENT);
    Claim asks = claim(50);
    budget.grants(asks, BULK, now);
    now += TimeUnit.HOURS.toNanos(1);
    budget.grants(asks, BULK, now);
    assertThat(works.isLeaving()).isFalse();
    budget.works(works, null, now);
    assertThat(works.isLeaving()).as("it has no work left").isTrue();
  }

  @Test
  void asksLessUrgentWorkAtOnce() {
    Claim works = busy(80, BULK);
    budget.grants(claim(50), URGENT, now);
    assertThat(works.isLeaving()).isTrue();
  }

  @Test
  void givesRoomToTheMostUrgentThenToTheLongestWaiting() {
    Claim holder = busy(100, URGENT);
    Claim early = claim(100);
    Claim late = claim(100);
    Claim urgent = claim(100);
    budget.grants(early, NORMAL, ++now);
    budget.grants(late, NORMAL, ++now);
    budget.grants(urgent, URGENT, ++now);
    for (Claim next : new Claim[] {urgent, early, late}) {
      budget.gone(holder, now);
      assertThat(budget.grants(next, next == urgent ? URGENT : NORMAL, now)).isTrue();
      holder = next;
    }
  }

  @Test
  void holdsRoomForALargeModelAlthoughASmallOneWouldFit() {
    Claim works = busy(60, NORMAL);
    Claim large = claim(90);
    budget.grants(large, NORMAL, ++now);
    assertThat(budget.grants(claim(40), NORMAL, ++now)).isFalse();
    budget.gone(works, now);
    assertThat(budget.grants(large, NORMAL, now)).isTrue();
  }

  @Test
  void keepsWhoWasAskedIfTheRoomIsNotWantedAnyMore() {
    Claim stays = idle(80);
    Claim asks = claim(50);
    budget.grants(asks, NORMAL, now);
    assertThat(stays.isLeaving()).isTrue();
    budget.gone(asks, now);
    assertThat(stays.isLeaving()).isFalse();
    assertThat(budget.evictions()).isZero();
  }

  @Test
  void warmsOnlyIntoRoomThatNobodyNeeds() {
    Claim works = busy(70, NORMAL);
    assertThat(budget.grantsSpare(claim(40), now)).isFalse();
    assertThat(works.isLeaving()).isFalse();
    Claim warm = claim(20);
    assertThat(budget.grantsSpare(warm, now)).isTrue();
    budget.grants(claim(25), NORMAL, now);
    assertThat(warm.isLeaving()).as("it has no work").isTrue();
    assertThat(budget.grantsSpare(claim(5), now)).as("somebody waits").isFalse();
  }
}
