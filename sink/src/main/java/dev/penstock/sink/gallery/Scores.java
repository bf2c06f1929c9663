package dev.penstock.sink.gallery;

import java.util.Map;

/// Quality scores as meters.
final class Scores {

  private Scores() {}

  /// @param most how many are shown, in alphabetical order
  static Html of(Map<String, Double> scores, int most) {
    return Html.join(
        scores.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(most)
            .map(score -> meter(score.getKey(), score.getValue()))
            .toList());
  }

  /// A bar from 0 to 1, drawn so that no style attribute is needed.
  private static Html meter(String name, double score) {
    double filled = Double.isFinite(score) ? Math.clamp(score, 0, 1) * 100 : 0;
    return Html.of(
        """
        <div class="score"><span>{}</span><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
        <rect class="track" width="100" height="4"/><rect class="fill" width="{}" height="4"/></svg><span>{}</span></div>""",
        Formats.words(name),
        Formats.score(filled),
        Formats.score(score));
  }
}
