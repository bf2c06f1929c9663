package dev.penstock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.bench.RunLog;
import dev.penstock.bench.pipeline.HostileBenchmark;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random bytes, flipped bits, wrong schema ids, huge lengths, deep nesting, invalid UTF-8, megabytes in one text, id, key
/// or header, endless headers, duplicates, times to come: each such record ends in exactly one outcome, none of them
/// stops a task, and the good prompts around them get their content. How fast that is, `penstock bench hostile` says.
@Timeout(300)
final class HostileRecordsTest {

  @Test
  void everyRecordEndsOnceAndTheGoodOnesGetContent() throws Exception {
    Map<String, Double> figures = new HostileBenchmark().run(true, new RunLog(System.out)).values();
    assertThat(figures.get("instant_hostile_accounted")).isEqualTo(figures.get("instant_hostile_expected")).isEqualTo(600);
  }
}
