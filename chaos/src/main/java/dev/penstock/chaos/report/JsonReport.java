package dev.penstock.chaos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.chaos.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The findings as one JSON object: figures first, then every fault.
public final class JsonReport {

  private JsonReport() {}

  public static void write(Path file, Findings findings) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json(findings));
  }

  static Map<String, Object> json(Findings findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", findings.seed());
    json.put("seconds", Duration.between(findings.start(), findings.end()).toSeconds());
    json.put("started_at", findings.start().toString());
    json.putAll(findings.accountOfTopics());
    json.put("faults", findings.strikes().size());
    json.put("kills", findings.strikes().stream().filter(strike -> strike.kind().isKill()).count());
    findings.violations().forEach((figure, sentences) -> json.put(figure, sentences.size()));
    json.put("not_recovered", findings.strikes().stream().filter(strike -> strike.failure() != null).count());
    json.put("unexpected_exits", findings.unexpectedExits().size());
    json.put("median_delay_s", seconds(findings.medianDelay()));
    findings.counts().forEach((kind, count) -> json.put("faults_" + kind.figure(), count));
    findings.worstDelays().forEach((kind, delay) -> json.put("worst_delay_s_" + kind.figure(), seconds(delay)));
    findings.worstDelayByPartition().forEach((partition, delay) -> json.put("worst_delay_s_partition_" + partition, seconds(delay)));
    json.put("left_out", findings.left().stream().map(FaultKind::figure).toList());
    json.put("violations", findings.violations().values().stream().flatMap(List::stream).limit(200).toList());
    json.put("exits", findings.unexpectedExits());
    json.put("timeline", timeline(findings));
    return json;
  }

  private static List<Map<String, Object>> timeline(Findings findings) {
    List<Map<String, Object>> timeline = new ArrayList<>();
    for (Strike strike : findings.strikes()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("at_s", seconds(Duration.between(findings.start(), strike.start())));
      one.put("kind", strike.kind().figure());
      one.put("target", strike.target());
      one.put("seed", strike.seed());
      one.put("lasted_s", seconds(Duration.between(strike.start(), strike.end())));
      one.put("worst_delay_s", seconds(findings.worstDelay(strike)));
      if (strike.failure() != null) one.put("failure", strike.failure());
      timeline.add(one);
    }
    return timeline;
  }

  private static double seconds(Duration duration) {
    return Math.round(duration.toMillis() / 10.0) / 100.0;
  }
}
