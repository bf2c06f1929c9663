package dev.penstock.generators.text;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Which tokens the repetition penalty is about: each once, in the order of their first appearance. One thread.
final class SeenTokens {

  private final long[] known;
  private int[] tokens;
  private int size;

  SeenTokens(int vocabularySize, int[] prompt) {
    known = new long[(vocabularySize + 63) / 64];
    tokens = new int[prompt.length + 64];
    for (int token : prompt) add(token);
  }

  /// An independent copy.
  SeenTokens(SeenTokens other) {
    known = other.known.clone();
    tokens = other.tokens.clone();
    size = other.size;
  }

  void add(int token) {
    long bit = 1L << token;
    if ((known[token >> 6] & bit) != 0) return;
    known[token >> 6] |= bit;
    if (size == tokens.length) tokens = Arrays.copyOf(tokens, size * 2);
    tokens[size++] = token;
  }

  void forEach(IntConsumer action) {
    for (int i = 0; i < size; i++) action.accept(tokens[i]);
  }
}
