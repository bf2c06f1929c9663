package dev.penstock.generators.audio.phonemes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/// How an unknown word is read: each letter by itself and as many of its neighbours as the rules tell apart (IGTree;
/// Daelemans, van den Bosch and Weijters 1997). `models/recipes/english-pronunciation` learns the rules. Any thread.
final class LetterRules {

  private static final String RESOURCE = "english-letters.txt.gz";
  /// Which letter is looked at next, counted from the one that is read.
  private static final int[] ORDER = {0, 1, -1, 2, -2, 3, -3, 4, -4, 5};
  private static final char OUTSIDE = '_';

  /// Nodes in their order, depth first: the letter that leads here, what is said here, and the node after the subtree.
  private final char[] letters;
  private final String[] phonemes;
  private final int[] ends;

  private LetterRules(List<String> lines) {
    letters = new char[lines.size()];
    phonemes = new String[lines.size()];
    ends = new int[lines.size()];
    int[] path = new int[ORDER.length + 1];
    int depth = -1;
    for (int node = 0; node < lines.size(); node++) {
      String line = lines.get(node);
      int here = Character.digit(line.charAt(0), 16);
      while (depth >= here) ends[path[depth--]] = node;
      path[++depth] = node;
      letters[node] = line.charAt(1);
      // A few hundred different answers for many nodes.
      phonemes[node] = line.substring(2).intern();
    }
    while (depth >= 0) ends[path[depth--]] = lines.size();
  }

  /// Each line of the table is a node, depth first: its depth, the letter that leads to it, its phonemes.
  static LetterRules english() {
    return new LetterRules(new String(PronunciationDictionary.resource(RESOURCE), US_ASCII).lines().toList());
  }

  /// @param word letters a to z
  /// @return in the notation of [Ipa], with one primary stress
  String read(String word) {
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < word.length(); i++) read.append(letter(word, i));
    return Stress.one(read.toString());
  }

  private String letter(String word, int position) {
    int node = 0;
    for (int offset : ORDER) {
      int at = position + offset;
      int child = child(node, at >= 0 && at < word.length() ? word.charAt(at) : OUTSIDE);
      if (child < 0) break;
      node = child;
    }
    return phonemes[node];
  }

  private int child(int node, char letter) {
    for (int child = node + 1; child < ends[node]; child = ends[child]) if (letters[child] == letter) return child;
    return -1;
  }
}
