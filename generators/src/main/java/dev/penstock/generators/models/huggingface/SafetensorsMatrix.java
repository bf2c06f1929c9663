package dev.penstock.generators.models.huggingface;

import dev.penstock.generators.models.transformer.WeightMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A tensor inside an open [SafetensorsFile]; all dimensions but the last are rows.
///
/// @param bytes exactly its elements, row by row
public record SafetensorsMatrix(String name, FloatType type, int rows, int columns, MemorySegment bytes)
    implements WeightMatrix {

  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public void read(int row, float[] into) {
    if (into.length != columns) {
      throw new IllegalArgumentException(name + " has rows of " + columns + " elements, not " + into.length);
    }
    long at = (long) row * columns * type.bytes();
    for (int i = 0; i < columns; i++) {
      into[i] = switch (type) {
        case F32 -> Float.intBitsToFloat(bytes.get(WORD, at + 4L * i));
        case F16 -> Float.float16ToFloat(bytes.get(HALF, at + 2L * i));
        case BF16 -> Float.intBitsToFloat(bytes.get(HALF, at + 2L * i) << 16);
      };
    }
  }
}
