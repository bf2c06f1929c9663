package dev.penstock.generators.text.entities;

import dev.penstock.generators.text.TokenSpans;
import java.util.LinkedHashMap;
import java.util.Map;

/// Has the tokens of a word agree: a small model that never saw a name is often right about most of its pieces. A word is what
/// stands between white space, without punctuation at its ends; each token votes for its type with its score.
final class Votes {

  private static final String BEFORE = "(\"“";
  private static final String AFTER = ".,;:!?)\"”|";

  private Votes() {}

  /// Changes labels and scores in place. A token that was outvoted has the score 0.
  static void take(String text, TokenSpans tokens, Label[] labels, float[] scores) {
    for (int first = 0; first < labels.length; ) {
      int last = first + 1;
      while (last < labels.length && tokens.starts()[last] == tokens.ends()[last - 1]) last++;
      int from = first;
      int to = last;
      while (to - from > 1 && stands(text, tokens, to - 1, AFTER)) to--;
      while (to - from > 1 && stands(text, tokens, from, BEFORE)) from++;
      vote(labels, scores, from, to);
      first = last;
    }
  }

  private static boolean stands(String text, TokenSpans tokens, int token, String marks) {
    if (tokens.ends()[token] - tokens.starts()[token] != 1) return false;
    return marks.indexOf(text.codePointAt(text.offsetByCodePoints(0, tokens.starts()[token]))) >= 0;
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
