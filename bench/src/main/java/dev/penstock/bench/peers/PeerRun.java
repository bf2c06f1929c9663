package dev.penstock.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One load through one program, after a run to warm up.
///
/// @param cpuSeconds processor time of its whole process while what counts was written
/// @param seconds all of the load
/// @param counted how many tokens count
/// @param answers token ids by prompt
record PeerRun(double cpuSeconds, double seconds, int counted, List<int[]> answers) {

  static PeerRun parse(String json) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode run = mapper.readTree(json);
    List<int[]> answers = new ArrayList<>();
    for (JsonNode answer : run.get("answers")) answers.add(mapper.treeToValue(answer, int[].class));
    return new PeerRun(
        run.get("cpuSeconds").asDouble(), run.get("seconds").asDouble(), run.get("counted").asInt(), answers);
  }

  double cpuMillisPerToken() {
    return cpuSeconds * 1000 / counted;
  }

  /// The share of answers that begin with the same token as another program's: both read the same prompts with about
  /// the same weights.
  double agreement(PeerRun other) {
    int same = 0;
    for (int i = 0; i < answers.size(); i++) if (answers.get(i)[0] == other.answers.get(i)[0]) same++;
    return (double) same / answers.size();
  }
}
