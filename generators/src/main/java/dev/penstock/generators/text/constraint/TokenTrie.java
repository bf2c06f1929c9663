package dev.penstock.generators.text.constraint;

import dev.penstock.generators.text.constraint.expression.Expression;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A vocabulary as a tree over bytes, laid out in the order of a walk: a node, then all below it. A walk that meets a
/// byte that is not allowed goes on behind everything below. Tokens longer than [Expression#REACH] bytes are left out.
/// Immutable; any thread.
final class TokenTrie {

  /// Where a walk goes with the next byte.
  interface Transitions {
    /// The state after `value` was read, or -1.
    int after(int state, int value);
  }

  private final byte[][] bytes;
  private final int vocabularySize;
  private byte[] labels = new byte[1024];
  private byte[] depths = new byte[1024];
  private int[] ends = new int[1024];
  private int[] firstToken = new int[1025];
  private final int[] tokens;
  private int nodes;
  private final boolean hasEveryByte;

  TokenTrie(TokenBytes vocabulary) {
    vocabularySize = vocabulary.size();
    bytes = new byte[vocabularySize][];
    for (int token = 0; token < vocabularySize; token++) bytes[token] = vocabulary.of(token);
    tokens =
        IntStream.range(0, vocabularySize)
            .filter(token -> bytes[token] != null && bytes[token].length <= Expression.REACH)
            .boxed()
            .sorted(Comparator.<Integer, byte[]>comparing(token -> bytes[token], Arrays::compareUnsigned)
                .thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    build();
    hasEveryByte = IntStream.range(0, nodes).filter(node -> depths[node] == 1 && hasToken(node)).count() == 256;
  }

  private void build() {
    int[] open = new int[Expression.REACH + 1];
    int depth = 0;
    for (int i = 0; i < tokens.length; i++) {
      byte[] text = bytes[tokens[i]];
      int common = i == 0 ? 0 : commonLength(bytes[tokens[i - 1]], text);
      for (; depth > common; depth--) ends[open[depth]] = nodes;
      while (depth < text.length) open[++depth] = node(text[depth - 1], depth, i);
      firstToken[nodes] = i + 1;
    }
    for (; depth > 0; depth--) ends[open[depth]] = nodes;
  }

  private static int commonLength(byte[] a, byte[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }

  private int node(byte label, int depth, int token) {
    if (nodes + 1 == labels.length) {
      labels = Arrays.copyOf(labels, 2 * nodes + 2);
      depths = Arrays.copyOf(depths, 2 * nodes + 2);
      ends = Arrays.copyOf(ends, 2 * nodes + 2);
      firstToken = Arrays.copyOf(firstToken, 2 * nodes + 3);
    }
    labels[nodes] = label;
    depths[nodes] = (byte) depth;
    firstToken[nodes] = token;
    return nodes++;
  }

  private boolean hasToken(int node) {
    return firstToken[node] < firstToken[node + 1] && bytes[tokens[firstToken[node]]].length == depths[node];
  }

  /// All tokens whose bytes can be read from `state` on.
  ///
  /// @param ends where to note the states that they end in
  BitSet walk(int state, Transitions transitions, @Nullable BitSet endStates) {
    BitSet found = new BitSet(vocabularySize);
    int[] states = new int[Expression.REACH + 1];
    states[0] = state;
    int node = 0;
    while (node < nodes) {
      int depth = depths[node];
      int after = transitions.after(states[depth - 1], labels[node] & 0xFF);
      if (after < 0) {
        node = ends[node];
        continue;
      }
      states[depth] = after;
      int last = firstToken[node + 1];
      for (int i = firstToken[node]; i < last; i++) found.set(tokens[i]);
      if (endStates != null && firstToken[node] < last) endStates.set(after);
      node++;
    }
    return found;
  }

  /// A text as few tokens, always the longest that fits; null if a byte has none.
  int @Nullable [] split(byte[] text) {
    int[] parts = new int[text.length];
    int size = 0;
    for (int at = 0; at < text.length; at += bytes[parts[size - 1]].length) {
      int token = longest(text, at);
      if (token < 0) return null;
      parts[size++] = token;
    }
    return Arrays.copyOf(parts, size);
  }

  private int longest(byte[] text, int at) {
    int best = -1;
    int depth = 0;
    int node = 0;
    int end = nodes;
    while (node < end && at + depth < text.length) {
      if (labels[node] != text[at + depth]) {
        node = ends[node];
        continue;
      }
      depth++;
      if (hasToken(node)) best = tokens[firstToken[node]];
      end = ends[node];
      node++;
    }
    return best;
  }

  /// What a token stands for; not to be changed.
  byte @Nullable [] bytes(int token) {
    return bytes[token];
  }

  /// Whether every byte is a token, so that whatever has a byte can be written.
  boolean hasEveryByte() {
    return hasEveryByte;
  }
}
