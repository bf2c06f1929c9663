package dev.penstock.standalone.recount;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a recount found.
///
/// @param outcomes how many of each kind
/// @param inFlight prompt records without an outcome yet
/// @param faults a sentence each; empty if the account is right
public record Report(long prompts, Map<String, Long> outcomes, long contents, long inFlight, List<String> faults) {

  public Report {
    outcomes = new TreeMap<>(outcomes);
    faults = List.copyOf(faults);
  }

  /// Whether every prompt record has exactly one outcome and every content it names is there, once and whole.
  public boolean isSettled() {
    return faults.isEmpty() && inFlight == 0;
  }

  /// The account in one line.
  public String summary() {
    long ended = outcomes.values().stream().mapToLong(Long::longValue).sum();
    String kinds =
        outcomes.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", "));
    return "%d prompt records, %d outcomes%s, %d contents, %d in flight, %d faults"
        .formatted(prompts, ended, kinds.isEmpty() ? "" : " (" + kinds + ")", contents, inFlight, faults.size());
  }
}
