package dev.penstock.generators.models;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was probably meant.
public final class Spelling {

  private static final int LONGEST = 64;

  private Spelling() {}

  /// The nearest of `words` by edit distance, ignoring case, `-` and `_`; empty if none is within a third of the
  /// word's length.
  public static Optional<String> nearest(String given, Collection<String> words) {
    if (given.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = plain(given);
    int tolerance = Math.max(1, wanted.length() / 3);
    return words.stream()
        .filter(word -> word.length() <= LONGEST)
        .filter(word -> distance(wanted, plain(word)) <= tolerance)
        .min(Comparator.comparingInt(word -> distance(wanted, plain(word))));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /// Levenshtein distance, row by row.
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
