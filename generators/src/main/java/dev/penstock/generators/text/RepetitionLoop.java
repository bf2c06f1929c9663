package dev.penstock.generators.text;

import java.util.HashSet;
import java.util.Set;

/// The failure of small language models to get away from what they said before.
public final class RepetitionLoop {

  private static final int LONGEST_PATTERN = 20;
  private static final int TIMES = 3;
  private static final int COVERED = 12;
  private static final int LONG = 20;
  private static final double LEAST_DISTINCT = 0.5;

  private RepetitionLoop() {}

  /// Whether 1 to 20 tokens come at least three times in a row and the whole of it is at least 12 tokens, or more than
  /// half of the pairs of neighbours in an answer of more than 20 tokens were there before (distinct-2 of Li et al.
  /// 2016 under 0.5).
  public static boolean isIn(int[] tokens) {
    return circles(tokens) || tokens.length > LONG && distinctPairs(tokens) < LEAST_DISTINCT;
  }

  private static boolean circles(int[] tokens) {
    for (int length = 1; length <= LONGEST_PATTERN; length++) {
      int needed = Math.max(TIMES * length, COVERED) - length;
      int same = 0;
      for (int i = length; i < tokens.length; i++) {
        same = tokens[i] == tokens[i - length] ? same + 1 : 0;
        if (same == needed) return true;
      }
    }
    return false;
  }

  /// Different pairs of neighbours among all of them (distinct-2), 0..1; 1 if there is none.
  static double distinctPairs(int[] tokens) {
    if (tokens.length < 2) return 1;
    Set<Long> pairs = new HashSet<>();
    for (int i = 1; i < tokens.length; i++) pairs.add((long) tokens[i - 1] << 32 | tokens[i]);
    return pairs.size() / (tokens.length - 1.0);
  }
}
