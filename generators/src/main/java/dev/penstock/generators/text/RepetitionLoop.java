package dev.penstock.generators.text;

/// The failure of small language models to get away from what they said last.
final class RepetitionLoop {

  private static final int LONGEST_PATTERN = 20;
  private static final int TIMES = 3;
  private static final int COVERED = 12;

  private RepetitionLoop() {}

  /// Whether 1 to 20 tokens come at least three times in a row and the whole of it is at least 12 tokens.
  static boolean isIn(int[] tokens) {
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
}
