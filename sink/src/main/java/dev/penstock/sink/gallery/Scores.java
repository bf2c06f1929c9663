package dev.penstock.sink.gallery;

import java.util.Map;

/// Quality scores: shares as meters, others (seconds, loudness) as numbers.
final class Scores {

  private Scores() {}

  /// @param most how many are shown, in alphabetical order
  static Html of(Map<String, Double> scores, int most) {
    return Html.join(
        scores.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(most)
            .map(score -> shown(score.getKey(), score.getValue()))
            .toList());
  }

  private static Html shown(String name, double score) {
    return score >= 0 && score <= 1 ? meter(name, score) : number(name, score);
  }

  private static Html number(String name, double score) {
    return Html.of(
        "<div class=\"score\"><span>{}</span><span></span><span>{}</span></div>", Formats.words(name), Formats.score(score));
  }

  /// A bar from 0 to 1, drawn so that no style attribute is needed.
  private static Html meter(String name, double score) {
    return Html.of(
        """
        <div class="score"><span>{}</span><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
        <rect class="track" width="100" height="4"/><rect class="fill" width="{}" height="4"/></svg><span>{}</span></div>""",
        Formats.words(name),
        Formats.score(score * 100),
        Formats.score(score));
  }
}
