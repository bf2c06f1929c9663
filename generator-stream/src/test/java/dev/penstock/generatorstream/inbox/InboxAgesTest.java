package dev.penstock.generatorstream.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The oldest prompt of all tasks is known, to a second, in whatever order prompts end.
class InboxAgesTest {

  private final InboxAges ages = new InboxAges();

  @Test
  void isTheOldestOfAllTasks() {
    InboxAges.OfTask first = ages.ofTask();
    InboxAges.OfTask second = ages.ofTask();
    assertThat(ages.oldestMillis()).isEqualTo(InboxAges.NONE);
    first.came(0, 5_000);
    second.came(0, 3_000);
    assertThat(ages.oldestMillis()).isEqualTo(3_000);
    second.close();
    assertThat(ages.oldestMillis()).isEqualTo(5_000);
  }

  @Test
  void movesOnWhenTheOldestSecondIsDone() {
    InboxAges.OfTask task = ages.ofTask();
    task.came(10, 1_000);
    task.came(11, 1_500);
    task.came(12, 2_100);
    task.came(20, 9_000);
    task.ended(10);
    assertThat(ages.oldestMillis()).isEqualTo(1_000);
    task.ended(12);
    assertThat(ages.oldestMillis()).isEqualTo(1_000);
    task.ended(11);
    assertThat(ages.oldestMillis()).isEqualTo(9_000);
    task.ended(20);
    assertThat(ages.oldestMillis()).isEqualTo(InboxAges.NONE);
  }

  /// Producers' clocks differ.
  @Test
  void aLaterPromptMayBeOlder() {
    InboxAges.OfTask task = ages.ofTask();
    task.came(1, 8_000);
    task.came(2, 2_000);
    assertThat(ages.oldestMillis()).isEqualTo(2_000);
    task.ended(2);
    assertThat(ages.oldestMillis()).isEqualTo(8_000);
  }
}
