package dev.penstock.standalone.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One screen says how a cluster is doing: 100 columns, 40 lines, also with many partitions.
class ScreenTest {

  private static final String STATUS =
      """
      {"ready":true,"pid":77,"instance":"gpu-1","tasks":3,"inboxEntries":12345,"oldestMillis":4200,"inFlight":256,
       "models":{"d1":"tiny-copywriter@1.0.0"},
       "lanes":[{"modelDigest":"d1","loaded":true,"slots":16,"busySlots":15,"queued":240,
         "figures":{"steps":1000,"stepNanos":12300000000,"rows":14000,"failedSteps":2}}]}
      """;

  private static Instance instance() throws Exception {
    return Instance.parse(new ObjectMapper().readTree(STATUS));
  }

  private static Snapshot snapshot(int partitions) throws Exception {
    return new Snapshot(
        java.time.Instant.parse("2026-11-22T10:00:00Z"),
        "kafka:9092",
        List.of(instance()),
        IntStream.range(0, partitions)
            .mapToObj(p -> new Snapshot.Partition("penstock.prompts.v1", p, 10L * p, p == 1 ? "" : "gpu-1"))
            .toList(),
        Map.of("COMPLETED", 34.25, "REJECTED", 0.1));
  }

  @Test
  void saysWhoIsReadyWhatWaitsAndHowFastItEnds() throws Exception {
    List<String> lines = Screen.of(snapshot(6));
    assertThat(lines.getFirst()).startsWith("penstock at kafka:9092, ").endsWith("1 of 1 instances on this machine ready");
    assertThat(lines.get(1)).contains("COMPLETED 34.3", "REJECTED 0.1");
    assertThat(lines).anySatisfy(line -> assertThat(line).matches("gpu-1 +yes +3 +12,345 +4.2 s +256"));
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).matches("tiny-copywriter@1.0.0 +gpu-1 +15/16 +240 +1,000 +14.0 +12.3 ms +2"));
    assertThat(lines).anySatisfy(line -> assertThat(line).matches("penstock.prompts.v1-1 +10  nobody"));
    assertThat(lines.getLast()).matches("all 6 +150");
  }

  @Test
  void fitsOneScreen() throws Exception {
    List<String> lines = Screen.of(snapshot(100));
    assertThat(lines).hasSizeLessThan(40).allMatch(line -> line.length() <= 110);
    assertThat(lines).contains("and 88 more");
  }

  @Test
  void aProcessThatIsStartingHasNothingYet() throws Exception {
    var starting = Instance.parse(new ObjectMapper().readTree("{\"pid\":5}"));
    assertThat(starting.name()).isEqualTo("pid 5");
    assertThat(starting.isReady()).isFalse();
    assertThat(starting.lanes()).isEmpty();
  }
}
