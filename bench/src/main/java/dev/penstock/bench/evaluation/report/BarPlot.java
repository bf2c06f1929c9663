package dev.penstock.bench.evaluation.report;

import dev.penstock.bench.evaluation.metrics.Interval;
import java.util.List;
import java.util.Locale;

/// Horizontal bars with their intervals, as SVG.
public record BarPlot(String title, List<Bar> bars) {

  private static final int LABEL = 190;
  private static final int LENGTH = 320;
  private static final int ROW = 22;
  private static final int WIDTH = LABEL + LENGTH + 90;

  /// @param own whether it is the model's; the others are what it stands beside
  public record Bar(String label, Interval value, boolean own) {}

  public BarPlot {
    bars = List.copyOf(bars);
  }

  String svg() {
    double longest = bars.stream().mapToDouble(bar -> Math.max(bar.value.high(), bar.value.value())).max().orElse(1);
    longest = Math.max(1e-9, longest);
    if (longest <= 1 && longest > 0.2) longest = 1;
    StringBuilder svg = new StringBuilder();
    svg.append(format("<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\">", WIDTH, ROW * bars.size() + 4, WIDTH));
    svg.append("<title>").append(EvaluationPage.escaped(title)).append("</title>");
    for (int i = 0; i < bars.size(); i++) append(svg, bars.get(i), i * ROW, LENGTH / longest);
    return svg.append("</svg>").toString();
  }

  private static void append(StringBuilder svg, Bar bar, int y, double scale) {
    Interval value = bar.value;
    String label = EvaluationPage.escaped(bar.label);
    svg.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LABEL - 8, y + 15, label));
    svg.append(format("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\"/>",
        bar.own ? "own" : "other", LABEL, y + 4, Math.max(0, value.value() * scale)));
    if (value.high() > value.low())
      svg.append(format("<path d=\"M%.1f %d h%.1f m0 -4 v8 M%.1f %d v8\"/>", LABEL + value.low() * scale, y + 11,
          (value.high() - value.low()) * scale, LABEL + value.low() * scale, y + 7));
    double end = LABEL + Math.max(value.value(), value.high()) * scale + 8;
    svg.append(format("<text x=\"%.1f\" y=\"%d\">%.3f</text>", end, y + 15, value.value()));
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
