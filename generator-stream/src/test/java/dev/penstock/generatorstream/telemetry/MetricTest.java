package dev.penstock.generatorstream.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.engine.LaneFigures;
import dev.penstock.generators.engine.LaneSnapshot;
import dev.penstock.schemas.Outcome;
import dev.penstock.generatorstream.shared.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// One catalogue of metrics: what a scrape shows, what the page says, and what dashboard and alert rules ask for are
/// the names of [Metric]. `-Dpenstock.regenerate=true` writes the page's table instead.
class MetricTest {

  private static final Path PAGE = Path.of("..", "docs", "observability.md");
  private static final Path OPS = Path.of("..", "ops");
  private static final Pattern NAME = Pattern.compile("penstock_[a-z_]+");

  private static final Set<String> SERIES =
      Arrays.stream(Metric.values()).flatMap(metric -> metric.series().stream()).collect(Collectors.toSet());

  /// Metrics after one of each thing happened.
  private static String scrape() {
    try (GeneratorMetrics metrics = new GeneratorMetrics()) {
      LaneFigures figures = new LaneFigures(10, 5_000_000_000L, 80, 2, 1, 16);
      LaneSnapshot lane = new LaneSnapshot("d1", true, 3, 16, 4, 7, 0, figures);
      metrics.observe(() -> new EngineFigures(5, 1_000, 1, 2, List.of(lane)), Map.of("d1", "echo@1.0.0"));
      metrics.observe(() -> new StreamFigures(true, 6, Map.of(0, 12L, 5, 0L), 9, Duration.ofSeconds(4), new Saved(3, 2, 1, 70, 80, 90)));
      metrics.ended(Outcome.COMPLETED, null);
      metrics.ended(Outcome.DEAD_LETTERED, "POISON");
      metrics.ended(Outcome.EXPIRED, "EXPIRED");
      metrics.ended(Outcome.REJECTED, "DEADLINE_UNREACHABLE");
      metrics.ended(Outcome.DUPLICATE_OF, "DUPLICATE");
      metrics.generated(Examples.prompt("acme"), Examples.result(), Examples.SENT.plusMillis(250).toEpochMilli());
      metrics.committed();
      metrics.fenced();
      return metrics.scrape();
    }
  }

  @Test
  void aScrapeShowsEveryMetricUnderItsNameAndNothingElse() {
    Set<String> shown = new TreeSet<>();
    scrape().lines().filter(line -> !line.startsWith("#")).forEach(line -> shown.add(line.split("[ {]")[0]));
    assertThat(shown).containsExactlyInAnyOrderElementsOf(SERIES);
  }

  @Test
  void valuesAreThoseThatWereTold() {
    assertThat(scrape().lines())
        .contains(
            "penstock_ready 1.0",
            "penstock_tasks 6.0",
            "penstock_input_lag_records{partition=\"0\"} 12.0",
            "penstock_inbox_entries 9.0",
            "penstock_inbox_oldest_age_seconds 4.0",
            "penstock_lane_slots_busy{model=\"echo@1.0.0\"} 4.0",
            "penstock_lane_step_time_seconds_total{model=\"echo@1.0.0\"} 5.0",
            "penstock_lane_rows_total{model=\"echo@1.0.0\"} 80.0",
            "penstock_outcomes_total{outcome=\"COMPLETED\"} 1.0",
            "penstock_dead_letters_total{reason=\"POISON\"} 1.0",
            "penstock_deadline_misses_total{reason=\"DEADLINE_UNREACHABLE\"} 1.0",
            "penstock_saved_duplicates_total 1.0",
            "penstock_saved_joined_total 3.0",
            "penstock_saved_cached_total 2.0",
            "penstock_saved_tokens_total 70.0",
            "penstock_saved_damaged_total 1.0",
            "penstock_tenant_tokens_total{direction=\"output\",tenant=\"acme\"} 5.0",
            "penstock_prompt_to_content_seconds_sum{model=\"echo@1.0.0\"} 0.25",
            "penstock_fenced_total 1.0");
  }

  @Test
  void tenantsBeyondTheBoundShareOneSeries() {
    TenantTags tags = new TenantTags(2);
    assertThat(List.of(tags.of("a"), tags.of("b"), tags.of("c"), tags.of("a"), tags.of("d")))
        .containsExactly("a", "b", TenantTags.OTHERS, "a", TenantTags.OTHERS);
  }

  @Test
  void dashboardAndAlertRulesAskForMetricsThatThereAre() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(OPS.resolve("grafana-dashboard.json").toFile());
    List<String> queries = dashboard.findValuesAsText("expr");
    assertThat(queries).hasSizeGreaterThan(10);
    assertThat(names(String.join("\n", queries))).isSubsetOf(SERIES).hasSizeGreaterThan(10);
    assertThat(names(Files.readString(OPS.resolve("alerts.yaml")))).isSubsetOf(SERIES).hasSizeGreaterThan(5);
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  @Test
  void thePageHasTodaysMetrics() throws IOException {
    StringBuilder table = new StringBuilder("| metric | type | tags | meaning |\n|---|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      String tags = metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
      String type = metric.type().name().toLowerCase(java.util.Locale.ROOT);
      table.append("| `%s` | %s | %s | %s |%n".formatted(metric.prometheusName(), type, tags, metric.meaning()));
    }
    String page = Files.readString(PAGE);
    int from = page.indexOf("-->\n", page.indexOf("<!-- metrics")) + 4;
    int to = page.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("penstock.regenerate"))
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    else assertThat(page.substring(from, to)).as("run with -Dpenstock.regenerate=true").isEqualTo(table.toString());
  }
}
