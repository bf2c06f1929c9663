package dev.penstock.sink.console;

import dev.penstock.schemas.Modality;
import dev.penstock.schemas.Outcome;
import dev.penstock.sink.database.Summary;
import dev.penstock.sink.gallery.Formats;
import dev.penstock.sink.gallery.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The last 24 hours in a row of figures.
final class FiguresStrip {

  private FiguresStrip() {}

  static Html of(Summary summary) {
    List<Html> figures = new ArrayList<>();
    figures.add(figure("", "Content, 24 hours", count(summary.contentCount()), modalities(summary.contents())));
    if (summary.medianLatency() != null)
      figures.add(figure("", "Prompt to content", Formats.duration(summary.medianLatency()), "median"));
    if (summary.slowLatency() != null)
      figures.add(figure("", "95 of 100 within", Formats.duration(summary.slowLatency()), ""));
    outcomes(summary.outcomes(), figures);
    if (summary.parked() > 0)
      figures.add(figure("warn", "Unreadable records", Formats.count(summary.parked()), "kept in table unreadable"));
    return Html.of("<dl class=\"figures\" id=\"figures\">{}</dl>", Html.join(figures));
  }

  private static void outcomes(Map<String, Long> outcomes, List<Html> figures) {
    long completed = outcomes.getOrDefault(Outcome.COMPLETED.name(), 0L);
    long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
    if (all == 0) return;
    figures.add(figure("", "Prompts completed", count(completed), "of " + count(all)));
    if (all > completed) {
      Map<String, Long> others = new java.util.TreeMap<>(outcomes);
      others.remove(Outcome.COMPLETED.name());
      figures.add(figure("", "Ended otherwise", count(all - completed), byKind(others)));
    }
  }

  private static String modalities(Map<String, Long> contents) {
    List<String> parts = new ArrayList<>();
    for (Modality modality : Modality.values()) {
      Long count = contents.get(modality.name());
      if (count != null) parts.add(Formats.count(count) + " " + plural(modality, count));
    }
    return String.join(", ", parts);
  }

  private static String plural(Modality modality, long count) {
    String noun =
        switch (modality) {
          case TEXT -> "text";
          case IMAGE -> "picture";
          case AUDIO -> "sound";
          case VIDEO -> "video";
          case UNKNOWN -> "other";
        };
    return count == 1 || modality == Modality.UNKNOWN ? noun : noun + "s";
  }

  private static String count(long count) {
    return Formats.count(count) + (count >= Summary.LIMIT ? "+" : "");
  }

  private static String byKind(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(entry -> Formats.count(entry.getValue()) + " " + entry.getKey().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private static Html figure(String style, String name, String value, String note) {
    return Html.of("<div class=\"{}\"><dt>{}</dt><dd>{}<small>{}</small></dd></div>", style, name, value, note);
  }
}
