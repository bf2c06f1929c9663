package dev.penstock.sink.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One part of the way from prompt to content.
///
/// @param style the style sheet's name for it
record Span(String style, String name, long micros) {

  /// All parts in proportion, as one bar.
  static Html bar(List<Span> spans) {
    double total = Math.max(1, spans.stream().mapToLong(Span::micros).sum());
    List<Html> parts = new ArrayList<>();
    double from = 0;
    for (Span span : spans) {
      double width = 100 * span.micros / total;
      parts.add(
          Html.of(
              "<rect class=\"{}\" x=\"{}\" width=\"{}\" height=\"6\"><title>{}</title></rect>",
              span.style,
              percent(from),
              percent(width),
              span.name));
      from += width;
    }
    return Html.of(
        "<svg class=\"spans\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}</svg>",
        Html.join(parts));
  }

  Html row() {
    return Html.of("<dt><i class=\"key {}\"></i>{}</dt><dd>{}</dd>", style, name, Formats.micros(micros));
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
