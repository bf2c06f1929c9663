package dev.penstock.standalone.demo;

import dev.penstock.standalone.recount.Report;
import java.util.ArrayList;
import java.util.List;

/// Whether the demo did what it promises, judged by the recount alone.
///
/// @param sent how many prompts were sent
record Verdict(int sent, Report report) {

  /// Every prompt that was sent is on the topic, has exactly one outcome, and all of its content.
  boolean isGood() {
    return report.isSettled() && report.prompts() == sent && report.outcomes().getOrDefault("COMPLETED", 0L) == sent;
  }

  /// What to print.
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("recount of the topics: " + report.summary()));
    report.faults().forEach(fault -> lines.add("  " + fault));
    if (!isGood()) lines.add("  %d prompts were sent, and not every one ended with its content".formatted(sent));
    return lines;
  }
}
