package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.transformer.BlockFormat;
import dev.penstock.generators.models.transformer.BlockedMatrix;
import dev.penstock.generators.models.transformer.WeightMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/// A tensor inside an open [GgufFile]: `rows` rows of `columns` elements, each row encoded by itself.
///
/// A one-dimensional tensor is one row. Valid until the file is closed; safe for many threads.
///
/// @param name    such as `blk.0.attn_q.weight`
/// @param type    encoding of the elements
/// @param rows    product of all dimensions but the fastest; output features of a linear layer
/// @param columns the fastest dimension; input features of a linear layer; a multiple of the block size
/// @param bytes   the encoded rows, exactly
public record GgufTensor(String name, GgufTensorType type, int rows, int columns, MemorySegment bytes)
    implements WeightMatrix {

  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private long rowBytes() {
    return (long) columns / type.blockElements() * type.blockBytes();
  }

  /// The tensor as the graph's writer takes it: with its blocks, if it has any.
  WeightMatrix asMatrix() {
    Optional<BlockFormat> format = type.format();
    return format.isPresent() ? new Blocked(this, format.get()) : this;
  }

  @Override
  public void read(int row, float[] into) {
    if (into.length != columns) {
      throw new IllegalArgumentException(name + " has rows of " + columns + " elements, not " + into.length);
    }
    long at = row * rowBytes();
    switch (type) {
      case F32 -> {
        for (int i = 0; i < columns; i++) {
          into[i] = Float.intBitsToFloat(bytes.get(WORD, at + 4L * i));
        }
      }
      case F16 -> {
        for (int i = 0; i < columns; i++) {
          into[i] = Float.float16ToFloat(bytes.get(HALF, at + 2L * i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < columns; i++) {
          into[i] = Float.intBitsToFloat(bytes.get(HALF, at + 2L * i) << 16);
        }
      }
      case Q4_0, Q4_1, Q8_0, Q4_K, Q5_K, Q6_K -> dequantize(row, into);
    }
  }

  private void dequantize(int row, float[] into) {
    int size = type.format().orElseThrow().size();
    int[] quants = new int[columns];
    float[] scales = new float[columns / size];
    float[] minima = new float[scales.length];
    readBlocks(row, quants, scales, minima);
    for (int i = 0; i < columns; i++) {
      into[i] = scales[i / size] * quants[i] + minima[i / size];
    }
  }

  private void readBlocks(int row, int[] quants, float[] scales, float[] minima) {
    int size = type.format().orElseThrow().size();
    var blocks = new GgufBlocks(bytes, quants, scales, minima);
    for (int from = 0; from < columns; from += type.blockElements()) {
      blocks.read(type, row * rowBytes() + (long) from / type.blockElements() * type.blockBytes(), from, from / size);
    }
  }

  /// A quantised tensor.
  private record Blocked(GgufTensor tensor, BlockFormat format) implements BlockedMatrix {
    @Override
    public String name() {
      return tensor.name;
    }

    @Override
    public int rows() {
      return tensor.rows;
    }

    @Override
    public int columns() {
      return tensor.columns;
    }

    @Override
    public void read(int row, float[] into) {
      tensor.read(row, into);
    }

    @Override
    public void readBlocks(int row, int[] quants, float[] scales, float[] minima) {
      tensor.readBlocks(row, quants, scales, minima);
    }
  }
}
