package dev.penstock.generators.text.sampling;

import java.util.Arrays;

/// How often an answer has each of its tokens so far. Answers are short, so a list is looked through. One thread.
final class AnswerCounts {

  private int[] tokens = new int[64];
  private int[] counts = new int[64];
  private int size;

  void add(int token) {
    int at = 0;
    while (at < size && tokens[at] != token) at++;
    if (at == tokens.length) {
      tokens = Arrays.copyOf(tokens, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    if (at == size) tokens[size++] = token;
    counts[at]++;
  }

  void forEach(Action action) {
    for (int i = 0; i < size; i++) action.accept(tokens[i], counts[i]);
  }

  @FunctionalInterface
  interface Action {
    void accept(int token, int count);
  }
}
