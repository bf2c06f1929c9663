package dev.penstock.generators.text.entities;

import dev.penstock.generators.text.TokenSpans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Has the tokens of a word agree: a small model that never saw a name is often right about most of its pieces. A word is what
/// stands between white space, without punctuation at its ends; each token votes for its type with its score. Where a tokenizer
/// makes tokens of white space, such as the end of a line, each stands alone.
final class Votes {

  private static final String BEFORE = "(\"“";
  private static final String AFTER = ".,;:!?)\"”|";

  private Votes() {}

  /// Changes labels and scores in place. A token that was outvoted has the score 0.
  static void take(String text, TokenSpans tokens, Label[] labels, float[] scores) {
    int[] points = text.codePoints().toArray();
    for (int first = 0; first < labels.length; ) {
      int last = first + 1;
      while (last < labels.length && continues(points, tokens, last)) last++;
      int from = first;
      int to = last;
      while (to - from > 1 && stands(points, tokens, to - 1, AFTER)) to--;
      while (to - from > 1 && stands(points, tokens, from, BEFORE)) from++;
      vote(labels, scores, from, to);
      first = last;
    }
  }

  private static boolean continues(int[] points, TokenSpans tokens, int token) {
    return tokens.starts()[token] == tokens.ends()[token - 1]
        && !isBlank(points, tokens, token)
        && !isBlank(points, tokens, token - 1);
  }

  private static boolean isBlank(int[] points, TokenSpans tokens, int token) {
    int start = tokens.starts()[token];
    int end = tokens.ends()[token];
    return start < end && IntStream.range(start, end).allMatch(at -> Character.isWhitespace(points[at]));
  }

  private static boolean stands(int[] points, TokenSpans tokens, int token, String marks) {
    int start = tokens.starts()[token];
    return tokens.ends()[token] - start == 1 && marks.indexOf(points[start]) >= 0;
  }

  private static void vote(Label[] labels, float[] scores, int from, int to) {
    Map<String, Double> votes = new LinkedHashMap<>();
    for (int token = from; token < to; token++) votes.merge(labels[token].type(), (double) scores[token], Double::sum);
    String best = labels[from].type();
    for (Map.Entry<String, Double> vote : votes.entrySet()) if (vote.getValue() > votes.get(best)) best = vote.getKey();
    boolean begins = labels[from].begins() && labels[from].type().equals(best);
    for (int token = from; token < to; token++) {
      if (!labels[token].type().equals(best)) scores[token] = 0;
      labels[token] = new Label(best, token == from && begins);
    }
  }
}
