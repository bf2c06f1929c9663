package dev.penstock.generators.text.constraint;

import dev.penstock.generators.text.sampling.AllowedTokens;
import java.util.BitSet;

/// The tokens of a vocabulary that have a part in the shape of JSON. Immutable; any thread.
///
/// @param quotes those with a quote: repeating them is no repetition
/// @param closers those that end a string: a quote, after nothing or after the end of a sentence
/// @param wordStarts those that begin a word: with a space
record Punctuation(BitSet quotes, int[] closers, BitSet wordStarts) {

  /// Of answers that are no JSON.
  static final Punctuation NONE = new Punctuation(new BitSet(), new int[0], new BitSet());

  static Punctuation of(TokenBytes tokens) {
    BitSet quotes = new BitSet();
    BitSet closers = new BitSet();
    BitSet wordStarts = new BitSet();
    for (int token = 0; token < tokens.size(); token++) {
      byte[] bytes = tokens.of(token);
      if (bytes == null) continue;
      int beyond = 0;
      while (beyond < bytes.length && ".!?".indexOf(bytes[beyond]) >= 0) beyond++;
      closers.set(token, beyond < bytes.length && bytes[beyond] == '"');
      for (byte value : bytes) if (value == '"') quotes.set(token);
      wordStarts.set(token, bytes[0] == ' ');
    }
    return new Punctuation(quotes, closers.stream().toArray(), wordStarts);
  }

  boolean hasCloser(AllowedTokens allowed) {
    for (int token : closers) if (allowed.contains(token)) return true;
    return false;
  }
}
