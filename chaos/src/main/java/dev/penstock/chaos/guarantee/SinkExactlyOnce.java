package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Content;
import dev.penstock.chaos.guarantee.Account.Outcome;
import dev.penstock.chaos.guarantee.Account.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The database holds every content and every outcome of the topics once, with the same bytes, and nothing else.
///
/// @param contents SHA-256 of the body by content id, one element a row
/// @param outcomes the prompt records whose outcome is a row, one element a row
public record SinkExactlyOnce(List<Map.Entry<String, String>> contents, List<Position> outcomes) implements Guarantee {

  public SinkExactlyOnce {
    contents = List.copyOf(contents);
    outcomes = List.copyOf(outcomes);
  }

  @Override
  public List<String> violations(Account account) {
    List<String> violations = new ArrayList<>();
    Map<String, String> stored = new HashMap<>();
    for (Map.Entry<String, String> row : contents)
      if (stored.put(row.getKey(), row.getValue()) != null) violations.add("sink: content " + row.getKey() + " is stored twice");
    for (Content content : account.contents()) {
      String sha256 = stored.remove(content.contentId());
      if (sha256 == null) violations.add("sink: content " + content.contentId() + " is not stored");
      else if (!sha256.equals(content.bodySha256())) violations.add("sink: content " + content.contentId() + " is stored with other bytes");
    }
    stored.keySet().forEach(id -> violations.add("sink: content " + id + " is stored and on no topic"));
    Set<Position> rows = new HashSet<>(outcomes);
    if (rows.size() < outcomes.size()) violations.add("sink: an outcome is stored twice");
    for (Outcome outcome : account.outcomes())
      if (!rows.remove(outcome.source())) violations.add("sink: the outcome of " + outcome.source() + " is not stored, or twice on the topic");
    rows.forEach(row -> violations.add("sink: the outcome of " + row + " is stored and on no topic"));
    return violations;
  }
}
