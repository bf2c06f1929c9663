package dev.penstock.generators.text.constraint.expression;

import java.util.Arrays;

/// A set of byte values, 0 to 255. Immutable.
public final class ByteSet {

  static final ByteSet NONE = new ByteSet(new long[4]);

  private final long[] bits;

  private ByteSet(long[] bits) {
    this.bits = bits;
  }

  /// The values from `first` to `last`, both of them in it.
  public static ByteSet range(int first, int last) {
    long[] bits = new long[4];
    for (int value = first; value <= last; value++) bits[value >> 6] |= 1L << value;
    return new ByteSet(bits);
  }

  public static ByteSet of(int value) {
    return range(value, value);
  }

  public boolean contains(int value) {
    return (bits[value >> 6] & 1L << value) != 0;
  }

  public ByteSet or(ByteSet other) {
    long[] union = bits.clone();
    for (int i = 0; i < 4; i++) union[i] |= other.bits[i];
    return new ByteSet(union);
  }

  boolean isEmpty() {
    return (bits[0] | bits[1] | bits[2] | bits[3]) == 0;
  }

  /// The value to show for the whole set: a full stop if it is in it, else the lowest printable one, else the lowest.
  int example() {
    if (contains('.')) return '.';
    for (int value = 0x20; value < 256; value++) if (contains(value)) return value;
    for (int value = 0; value < 0x20; value++) if (contains(value)) return value;
    throw new IllegalStateException("an empty set has no example");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteSet set && Arrays.equals(bits, set.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }
}
