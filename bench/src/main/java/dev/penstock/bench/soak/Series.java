package dev.penstock.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// One thing that was measured again and again. What follows each other closely is alike, so values are gathered into
/// means of half a minute, and the trend is of those.
final class Series {

  private static final double BIN_SECONDS = 30;
  private static final int WIDTH = 860;
  private static final int HEIGHT = 150;

  private final String name;
  private final String unit;
  private final TreeMap<Integer, List<Double>> bins = new TreeMap<>();

  Series(String name, String unit) {
    this.name = name;
    this.unit = unit;
  }

  String name() {
    return name;
  }

  void add(double seconds, double value) {
    bins.computeIfAbsent((int) (seconds / BIN_SECONDS), bin -> new ArrayList<>()).add(value);
  }

  /// From this time on; x in minutes.
  Trend trend(double fromSeconds) {
    var late = bins.tailMap((int) (fromSeconds / BIN_SECONDS));
    return Trend.of(
        late.keySet().stream().mapToDouble(Series::minutes).toArray(),
        late.values().stream().mapToDouble(Series::mean).toArray());
  }

  private static double minutes(int bin) {
    return (bin + 0.5) * BIN_SECONDS / 60;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /// All means as points, and the line from `fromSeconds` on.
  String picture(double fromSeconds) {
    double most = bins.values().stream().mapToDouble(Series::mean).max().orElse(1) * 1.1;
    double end = minutes(bins.lastKey()) + 0.5;
    Trend trend = trend(fromSeconds);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<h3>%s</h3><svg width=\"%d\" height=\"%d\" style=\"background:#f4f6f8\">".formatted(name, WIDTH, HEIGHT));
    bins.forEach(
        (bin, values) ->
            svg.append(
                String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"#2a6f97\"/>",
                    minutes(bin) / end * WIDTH, HEIGHT - mean(values) / most * HEIGHT)));
    double from = fromSeconds / 60;
    svg.append(
        String.format(
            Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#c1121f\"/>",
            from / end * WIDTH, HEIGHT - (trend.atStart() + trend.slope() * from) / most * HEIGHT, WIDTH,
            HEIGHT - (trend.atStart() + trend.slope() * end) / most * HEIGHT));
    return svg.append(
            String.format(
                Locale.ROOT, "</svg><p>0 to %.1f %s, %.1f minutes; the line from minute %.1f on</p>", most, unit, end, from))
        .toString();
  }
}
