package dev.penstock.generators.text.constraint;

import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.sampling.AllowedTokens;
import dev.penstock.generators.text.sampling.AnswerRule;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schema or a regular expression, compiled for one model's vocabulary. Any thread.
public final class Constraint {

  private final Expression language;
  private final TokenTrie trie;
  private final BitSet stops;
  private final TokenMasks masks;
  private final Punctuation punctuation;
  private final List<String> examples;
  private final int shortestTokens;

  Constraint(
      Expression language,
      TokenTrie trie,
      BitSet stops,
      TokenMasks masks,
      Punctuation punctuation,
      List<String> examples) {
    this.language = language;
    this.trie = trie;
    this.stops = stops;
    this.masks = masks;
    this.punctuation = punctuation;
    this.examples = List.copyOf(examples);
    int[] shortest = wayOut(language);
    this.shortestTokens = shortest == null ? Integer.MAX_VALUE : shortest.length;
  }

  /// A new answer's rule. One thread.
  ///
  /// @param maxTokens the longest answer, at least [#shortestTokens]
  public AnswerRule begin(int maxTokens) {
    if (maxTokens < shortestTokens)
      throw new IllegalArgumentException(maxTokens + " tokens are too few; the shortest answer has " + shortestTokens);
    return new ConstrainedAnswer(this, language, maxTokens);
  }

  /// How many tokens certainly do for an answer; [Integer#MAX_VALUE] if the vocabulary cannot write any.
  public int shortestTokens() {
    return shortestTokens;
  }

  /// Answers that the schema itself gives as `examples`.
  public List<String> examples() {
    return examples;
  }

  AllowedTokens withoutWordStarts(AllowedTokens allowed) {
    return masks.withoutWordStarts(allowed);
  }

  AllowedTokens allowedAfter(Expression state) {
    return masks.after(state);
  }

  /// Whether a text that may end here can only end.
  boolean isComplete(Expression state) {
    if (state == Expression.EMPTY) return true;
    AllowedTokens allowed = masks.after(state);
    return stops.stream().filter(allowed::contains).count() == allowed.count();
  }

  boolean isStop(int token) {
    return stops.get(token);
  }

  int firstStop() {
    return stops.nextSetBit(0);
  }

  boolean isPunctuation(int token) {
    return punctuation.quotes().get(token);
  }

  int[] closers() {
    return punctuation.closers();
  }

  /// What is left after a token; [Expression#NOTHING] if it does not fit.
  Expression after(Expression state, int token) {
    byte[] bytes = trie.bytes(token);
    if (bytes == null) return Expression.NOTHING;
    Expression left = state;
    for (byte value : bytes) left = left.after(value & 0xFF);
    return left;
  }

  /// Whether `tokens` tokens certainly do to come to an end.
  boolean endsWithin(Expression state, int tokens) {
    if (trie.hasEveryByte() && state.minBytes() <= tokens) return true;
    int[] way = wayOut(state);
    return way != null && way.length <= tokens;
  }

  /// Tokens of a shortest text from here; null if the vocabulary cannot write it.
  int @Nullable [] wayOut(Expression state) {
    return trie.split(state.shortest());
  }

  /// Memory that it takes, about.
  long bytes() {
    return masks.bytes();
  }
}
