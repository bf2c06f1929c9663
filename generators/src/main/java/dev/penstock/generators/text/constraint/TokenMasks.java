package dev.penstock.generators.text.constraint;

import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.sampling.AllowedTokens;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which tokens may follow in which state of one constraint: made once a near form by a walk over the vocabulary
/// (about a millisecond in the middle of a text, microseconds elsewhere), then looked up. What would take more than
/// [#MAX_BYTES] is forgotten and made anew. Any thread.
final class TokenMasks {

  static final long MAX_BYTES = 16 << 20;

  /// Masks that are made ahead, so that the lane need not: all of an ordinary schema.
  private static final int AHEAD = 1_000;

  private final TokenTrie trie;
  private final BitSet stops;
  private final NearStates states;
  private final Map<Integer, AllowedTokens> masks = new HashMap<>();
  private final Map<AllowedTokens, AllowedTokens> distinct = new HashMap<>();
  private final Map<AllowedTokens, AllowedTokens> withoutWordStarts = new HashMap<>();
  private final Punctuation punctuation;
  private long bytes;

  TokenMasks(TokenTrie trie, BitSet stops, Punctuation punctuation, NearStates states) {
    this.trie = trie;
    this.punctuation = punctuation;
    this.stops = stops;
    this.states = states;
  }

  /// The tokens that may follow, stop tokens among them if the text may end.
  synchronized AllowedTokens after(Expression state) {
    if (bytes() > MAX_BYTES) forget();
    int number = states.number(state);
    AllowedTokens known = masks.get(number);
    return known != null ? known : make(number, state.acceptsEmpty(), null);
  }

  /// The same tokens less those that begin a word, if a string may end here.
  synchronized AllowedTokens withoutWordStarts(AllowedTokens allowed) {
    AllowedTokens known = withoutWordStarts.get(allowed);
    if (known != null) return known;
    AllowedTokens made = punctuation.hasCloser(allowed) ? allowed.without(punctuation.wordStarts()) : allowed;
    withoutWordStarts.put(allowed, made);
    bytes += made.bytes();
    return made;
  }

  /// Makes the masks that most answers need, beginning at the start.
  synchronized void makeAhead(Expression root) {
    Deque<Integer> open = new ArrayDeque<>();
    BitSet seen = new BitSet();
    int start = states.number(root);
    seen.set(start);
    open.add(start);
    while (!open.isEmpty() && masks.size() < AHEAD) {
      int state = open.remove();
      BitSet ends = new BitSet();
      make(state, states.acceptsEmpty(state), ends);
      ends.andNot(seen);
      seen.or(ends);
      ends.stream().forEach(open::add);
    }
  }

  private AllowedTokens make(int state, boolean mayEnd, @Nullable BitSet ends) {
    BitSet tokens = trie.walk(state, states, ends);
    if (mayEnd) tokens.or(stops);
    AllowedTokens made = AllowedTokens.of(tokens);
    AllowedTokens same = distinct.putIfAbsent(made, made);
    if (same == null) bytes += made.bytes();
    masks.put(state, same == null ? made : same);
    return same == null ? made : same;
  }

  private void forget() {
    states.forget();
    masks.clear();
    distinct.clear();
    withoutWordStarts.clear();
    bytes = 0;
  }

  /// Memory that all of it takes, about.
  synchronized long bytes() {
    return bytes + states.bytes() + 64L * masks.size();
  }
}
