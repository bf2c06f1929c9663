package dev.penstock.generators.models.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A tensor inside an open [GgufFile]: `rows` rows of `columns` elements, each row encoded by itself.
///
/// A one-dimensional tensor is one row. Valid until the file is closed; safe for many threads.
///
/// @param name    such as `blk.0.attn_q.weight`
/// @param type    encoding of the elements
/// @param rows    product of all dimensions but the fastest; output features of a linear layer
/// @param columns the fastest dimension; input features of a linear layer; a multiple of the block size
/// @param bytes   the encoded rows, exactly
public record GgufTensor(String name, GgufTensorType type, int rows, int columns, MemorySegment bytes) {

  static final int BLOCK = 32;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// Bytes of one row.
  long rowBytes() {
    return (long) columns / type.blockElements() * type.blockBytes();
  }

  int blocksPerRow() {
    return columns / type.blockElements();
  }

  /// Byte offset of a block of a row.
  long block(int row, int block) {
    return row * rowBytes() + (long) block * type.blockBytes();
  }

  /// The float16 at a byte offset.
  float half(long offset) {
    return Float.float16ToFloat(bytes.get(HALF, offset));
  }

  byte int8(long offset) {
    return bytes.get(ValueLayout.JAVA_BYTE, offset);
  }

  /// The quantised value, 0 to 15, of element `element` of a 4-bit block whose nibbles start at `nibbles`.
  int nibble(long nibbles, int element) {
    int pair = int8(nibbles + element % 16);
    return element < 16 ? pair & 15 : pair >>> 4 & 15;
  }

  /// Writes one row as floats: exactly the values that the encoding stands for.
  void dequantize(int row, float[] into) {
    if (into.length != columns) {
      throw new IllegalArgumentException(name + " has rows of " + columns + " elements, not " + into.length);
    }
    for (int block = 0; block < blocksPerRow(); block++) {
      long at = block(row, block);
      int from = block * type.blockElements();
      switch (type) {
        case F32 -> into[from] = Float.intBitsToFloat(bytes.get(WORD, at));
        case F16 -> into[from] = half(at);
        case BF16 -> into[from] = Float.intBitsToFloat(bytes.get(HALF, at) << 16);
        case Q4_0, Q4_1 -> dequantize4(at, into, from);
        case Q8_0 -> dequantize8(at, into, from);
      }
    }
  }

  private void dequantize4(long at, float[] into, int from) {
    float scale = half(at);
    boolean hasMinimum = type == GgufTensorType.Q4_1;
    float minimum = hasMinimum ? half(at + 2) : -8 * scale;
    long nibbles = at + (hasMinimum ? 4 : 2);
    for (int i = 0; i < BLOCK; i++) {
      into[from + i] = scale * nibble(nibbles, i) + minimum;
    }
  }

  private void dequantize8(long at, float[] into, int from) {
    float scale = half(at);
    for (int i = 0; i < BLOCK; i++) {
      into[from + i] = scale * int8(at + 2 + i);
    }
  }
}
