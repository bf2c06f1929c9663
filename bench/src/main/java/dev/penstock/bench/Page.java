package dev.penstock.bench;

import java.util.Locale;
import java.util.Map;

/// A benchmark as one HTML page that needs nothing else: its figures as bars, then every run.
final class Page {

  private static final int BAR_PIXELS = 420;

  private Page() {}

  static String of(Benchmark benchmark, String machine, Figures figures, RunLog log) {
    double longest = figures.entries().stream().mapToDouble(Map.Entry::getValue).map(Math::abs).max().orElse(1);
    StringBuilder bars = new StringBuilder();
    for (var figure : figures.entries()) bars.append(bar(figure.getKey(), figure.getValue(), Math.max(longest, 1e-9)));
    return """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>penstock bench %1$s</title>
        <style>body{font:15px/1.5 sans-serif;margin:2em}td{padding:0 1em 0 0}td+td{text-align:right}
        td+td+td{text-align:left}i{display:inline-block;height:.8em;background:#2a6f97}pre{overflow:auto}</style>
        <h1>penstock bench %1$s</h1><p>%2$s</p><p>%3$s</p><table>%4$s</table>%6$s<h2>Every run</h2><pre>%5$s</pre></html>
        """
        .formatted(
            benchmark.name(), escaped(benchmark.purpose()), escaped(machine), bars,
            escaped(String.join("\n", log.lines())), String.join("", log.pictures()));
  }

  private static String bar(String name, double value, double longest) {
    return String.format(
        Locale.ROOT, "<tr><td>%s<td>%.3f<td><i style=\"width:%dpx\"></i>", escaped(name), value,
        Math.round(Math.abs(value) / longest * BAR_PIXELS));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
