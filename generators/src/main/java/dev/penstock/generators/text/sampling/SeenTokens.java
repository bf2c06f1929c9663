package dev.penstock.generators.text.sampling;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/// Which tokens the repetition penalty is about: each once, in the order of their first appearance. One thread.
public final class SeenTokens {

  private final long[] known;
  private int[] tokens;
  private int size;

  /// @param prompt what counts as seen from the start
  /// @param exempt tokens of the prompt that do not count
  public SeenTokens(int vocabularySize, int[] prompt, IntPredicate exempt) {
    known = new long[(vocabularySize + 63) / 64];
    tokens = new int[prompt.length + 64];
    for (int token : prompt) if (!exempt.test(token)) add(token);
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
