package dev.penstock.generatorstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How long results wait for others before they are committed together. Time is the test's.
class CommitPaceTest {

  private long now = Duration.ofHours(1).toNanos();
  private final CommitPace pace = new CommitPace(() -> now);

  @Test
  void nothingForwardedNeedsNoCommit() {
    assertThat(pace.isDue()).isFalse();
    assertThat(pace.mayCommit(true)).isFalse();
  }

  @Test
  void theLastResultDoesNotWait() {
    pace.resultForwarded(seconds(1));
    assertThat(pace.mayCommit(true)).isTrue();
    assertThat(pace.isDue()).isFalse();
  }

  @Test
  void aResultWaitsATenthOfWhatItTook() {
    pace.resultForwarded(millis(500));
    pass(millis(49));
    assertThat(pace.mayCommit(false)).isFalse();
    pass(millis(1));
    assertThat(pace.mayCommit(false)).isTrue();
  }

  @Test
  void noResultWaitsLongerThanATenthOfASecond() {
    pace.resultForwarded(seconds(60));
    pass(millis(100));
    assertThat(pace.mayCommit(false)).isTrue();
  }

  @Test
  void whoWaitedLeastDecides() {
    pace.resultForwarded(millis(900));
    pass(millis(30));
    pace.resultForwarded(millis(200));
    pass(millis(20));
    assertThat(pace.mayCommit(false)).isTrue();
  }

  @Test
  void oneThatCameLaterDoesNotPutTheFirstOff() {
    pace.resultForwarded(millis(400));
    pass(millis(30));
    pace.resultForwarded(millis(400));
    pass(millis(10));
    assertThat(pace.mayCommit(false)).isTrue();
  }

  @Test
  void instantResultsAreCommittedEveryTenMilliseconds() {
    pace.somethingForwarded();
    assertThat(pace.mayCommit(false)).isTrue();
    pace.somethingForwarded();
    pass(millis(9));
    assertThat(pace.mayCommit(false)).isFalse();
    pass(millis(1));
    assertThat(pace.mayCommit(false)).isTrue();
  }

  @Test
  void aFloodIsCommittedEveryTenthOfASecond() {
    pace.somethingForwarded();
    pace.mayCommit(false);
    for (int i = 0; i < 65; i++) pace.somethingForwarded();
    pass(millis(99));
    assertThat(pace.mayCommit(false)).isFalse();
    pass(millis(1));
    assertThat(pace.mayCommit(false)).isTrue();
  }

  private void pass(long nanos) {
    now += nanos;
  }

  private static long millis(long count) {
    return Duration.ofMillis(count).toNanos();
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
