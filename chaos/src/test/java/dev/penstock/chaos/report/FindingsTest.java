package dev.penstock.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.chaos.fault.FaultKind;
import dev.penstock.chaos.load.Journey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/// A fault is charged with the longest delay of the prompts that were under way while it lasted, and with no other; what
/// went wrong is in both reports.
final class FindingsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void chargesAFaultWithThePromptsThatWereUnderWay() {
    Findings findings =
        findings(
            List.of(strike(FaultKind.FREEZE, 10, 20, null)),
            List.of(journey(0, 1, 9), journey(1, 5, 11), journey(2, 18, 30), journey(3, 21, 60)),
            Map.of("lost", List.of()));

    assertThat(findings.worstDelays()).containsExactly(Map.entry(FaultKind.FREEZE, Duration.ofSeconds(12)));
    assertThat(findings.worstDelayByPartition()).containsEntry(3, Duration.ofSeconds(39)).hasSize(4);
    assertThat(findings.isGood()).isTrue();
  }

  @Test
  void isNotGoodIfSomethingWasViolatedOrNotRecovered() {
    assertThat(findings(List.of(), List.of(), Map.of("lost", List.of("lost: p1"))).isGood()).isFalse();
    assertThat(findings(List.of(strike(FaultKind.FREEZE, 1, 2, "is not ready")), List.of(), Map.of()).isGood()).isFalse();
  }

  @Test
  void bothReportsTellFiguresAndSentences() throws Exception {
    Findings findings =
        findings(
            List.of(strike(FaultKind.BROKER_KILL, 10, 20, null)), List.of(journey(0, 12, 15)), Map.of("lost", List.of("lost: <p1>")));
    HtmlReport.write(folder.resolve("chaos.html"), findings);

    assertThat(JsonReport.json(findings))
        .containsEntry("lost", 1).containsEntry("faults", 1).containsEntry("worst_delay_s_broker_kill", 3.0);
    assertThat(Files.readString(folder.resolve("chaos.html"))).contains("<svg", "broker_kill", "lost: &lt;p1>").doesNotContain("<p1>");
  }

  private static Findings findings(List<Strike> strikes, List<Journey> journeys, Map<String, List<String>> violations) {
    return new Findings(
        7, START, START.plusSeconds(60), strikes, journeys, violations, Map.of("prompts", 4), List.of(), List.of());
  }

  private static Strike strike(FaultKind kind, int from, int to, @Nullable String failure) {
    return new Strike(kind, "one", 1, START.plusSeconds(from), START.plusSeconds(to), failure);
  }

  private static Journey journey(int partition, int sent, int arrived) {
    return new Journey(partition, START.plusSeconds(sent), START.plusSeconds(arrived));
  }
}
