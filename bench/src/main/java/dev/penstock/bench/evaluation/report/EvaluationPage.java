package dev.penstock.bench.evaluation.report;

import dev.penstock.bench.evaluation.metrics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One or several evaluations as a page without anything from outside.
public final class EvaluationPage {

  private static final String HEAD =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>%1$s</title><style>
      body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:1240px;padding:0 1em;color:#1b1b1f}
      h1{font-size:1.5em}h2{margin-top:2em}h3{font-size:1em;margin:.2em 0}td,th{padding:0 1.2em 0 0;text-align:left}
      td+td{text-align:right;font-variant-numeric:tabular-nums}.plots{display:flex;flex-wrap:wrap;gap:1.2em}
      svg text{font-size:12px}svg .own{fill:#2a6f97}svg .other{fill:#b9c4cc}svg path{stroke:#1b1b1f;fill:none}
      .sheet{display:flex;flex-wrap:wrap;gap:8px}figure{margin:0;width:104px}img{image-rendering:pixelated}
      figcaption{font-size:11px;line-height:1.2}blockquote{margin:.4em 0;padding-left:1em;border-left:3px solid #b9c4cc}
      </style><h1>%1$s</h1><p>%2$s</p>
      """;

  private final StringBuilder html = new StringBuilder();

  /// @param machine what it was measured on
  public EvaluationPage(String title, String machine) {
    html.append(HEAD.formatted(escaped(title), escaped(machine)));
  }

  public EvaluationPage section(String title, List<String> notes) {
    html.append("<h2>").append(escaped(title)).append("</h2>");
    for (String note : notes) html.append("<p>").append(escaped(note)).append("</p>");
    return this;
  }

  public EvaluationPage figures(Map<String, Interval> figures) {
    html.append("<table><tr><th>figure<th>value<th>95% from<th>to");
    figures.forEach(
        (name, v) -> {
          html.append(String.format(Locale.ROOT, "<tr><td>%s<td>%.4f", escaped(name), v.value()));
          if (v.low() != v.high()) html.append(String.format(Locale.ROOT, "<td>%.4f<td>%.4f", v.low(), v.high()));
        });
    html.append("</table>");
    return this;
  }

  public EvaluationPage plots(List<BarPlot> plots) {
    html.append("<div class=\"plots\">");
    for (BarPlot plot : plots)
      html.append("<div><h3>").append(escaped(plot.title())).append("</h3>").append(plot.svg()).append("</div>");
    html.append("</div>");
    return this;
  }

  public EvaluationPage sheets(List<ContactSheet> sheets) {
    for (ContactSheet sheet : sheets) html.append("<h3>").append(escaped(sheet.title())).append("</h3>").append(sheet.html());
    return this;
  }

  public EvaluationPage texts(List<String> texts) {
    for (String text : texts) html.append("<blockquote>").append(escaped(text)).append("</blockquote>");
    return this;
  }

  public String finished() {
    return html + "</html>\n";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
