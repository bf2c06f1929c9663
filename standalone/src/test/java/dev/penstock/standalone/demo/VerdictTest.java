package dev.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.standalone.recount.Report;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The demo is good only if all that was sent is on the topics and has its content; everything else is told and is not.
class VerdictTest {

  @Test
  void isGoodWhenEveryPromptCompleted() {
    Verdict verdict = new Verdict(2, new Report(2, Map.of("COMPLETED", 2L), 2, 0, List.of()));

    assertThat(verdict.isGood()).isTrue();
    assertThat(verdict.lines()).hasSize(1);
  }

  @Test
  void isNotGoodWhenAPromptWasRejected() {
    assertNotGood(new Report(2, Map.of("COMPLETED", 1L, "REJECTED", 1L), 1, 0, List.of()));
  }

  @Test
  void isNotGoodWhenAPromptIsInFlight() {
    assertNotGood(new Report(2, Map.of("COMPLETED", 1L), 1, 1, List.of()));
  }

  @Test
  void isNotGoodWhenAPromptIsNotOnTheTopic() {
    assertNotGood(new Report(1, Map.of("COMPLETED", 1L), 1, 0, List.of()));
  }

  @Test
  void isNotGoodWhenTheRecountFoundAFault() {
    Verdict verdict =
        assertNotGood(new Report(2, Map.of("COMPLETED", 2L), 2, 0, List.of("content c is there twice")));

    assertThat(verdict.lines()).contains("  content c is there twice");
  }

  private static Verdict assertNotGood(Report report) {
    Verdict verdict = new Verdict(2, report);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.lines()).contains("  2 prompts were sent, and not every one ended with its content");
    return verdict;
  }
}
