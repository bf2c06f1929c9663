package dev.penstock.generators.text.sampling;

import java.util.Arrays;
import java.util.BitSet;

/// A set of tokens. Immutable; any thread.
public final class AllowedTokens {

  private final long[] bits;
  private final int count;

  private AllowedTokens(long[] bits) {
    this.bits = bits;
    int total = 0;
    for (long word : bits) total += Long.bitCount(word);
    this.count = total;
  }

  public static AllowedTokens of(BitSet tokens) {
    return new AllowedTokens(tokens.toLongArray());
  }

  public static AllowedTokens only(int token) {
    BitSet one = new BitSet();
    one.set(token);
    return of(one);
  }

  /// These less some.
  public AllowedTokens without(BitSet others) {
    BitSet left = BitSet.valueOf(bits);
    left.andNot(others);
    return of(left);
  }

  public int count() {
    return count;
  }

  public boolean contains(int token) {
    int word = token >> 6;
    return word < bits.length && (bits[word] & 1L << token) != 0;
  }

  /// The lowest token of a set that is not empty.
  public int first() {
    return next(0);
  }

  /// The lowest token of the set from `from` on, or -1.
  int next(int from) {
    int word = from >> 6;
    if (word >= bits.length) return -1;
    long rest = bits[word] & -1L << from;
    while (rest == 0) {
      if (++word == bits.length) return -1;
      rest = bits[word];
    }
    return 64 * word + Long.numberOfTrailingZeros(rest);
  }

  /// The tokens `64 * word` to `64 * word + 63`, the lowest in the lowest bit.
  long word(int word) {
    return word < bits.length ? bits[word] : 0;
  }

  /// Memory that the set takes, about.
  public int bytes() {
    return 8 * bits.length + 40;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AllowedTokens set && Arrays.equals(bits, set.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }
}
