package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.onnxfile.TensorBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The contents of a GGUF tensor in the layouts that ONNX Runtime's operators read, streamed row by row.
///
/// Layouts after the contributed operators' documentation: MatMulNBits wants 4-bit blocks with element 2i in the low
/// nibble of byte i and zero point 8, 8-bit blocks unsigned with zero point 128, and float32 scales `[rows, blocks]`.
///
/// @param tensor the source
/// @param order  which source row is written where
record TensorRows(GgufTensor tensor, RowOrder order) {

  private static final int BLOCK = GgufTensor.BLOCK;
  private static final int LARGEST = 127;

  /// Writes what one source row becomes.
  @FunctionalInterface
  private interface RowEncoder {
    void encode(int sourceRow, ByteBuffer into);
  }

  /// float32 `[rows, columns]`.
  TensorBytes floats() {
    float[] row = new float[tensor.columns()];
    return rows(tensor.columns() * Float.BYTES, (source, into) -> {
      tensor.dequantize(source, row);
      into.asFloatBuffer().put(row);
    });
  }

  /// uint8 `[rows, blocks, 16]` of a Q4_0 or Q4_1 tensor.
  TensorBytes nibbles() {
    int header = tensor.type().blockBytes() - BLOCK / 2;
    return rows(tensor.columns() / 2, (source, into) -> {
      for (int block = 0; block < tensor.blocksPerRow(); block++) {
        long at = tensor.block(source, block) + header;
        for (int i = 0; i < BLOCK; i += 2) {
          into.put((byte) (tensor.nibble(at, i) | tensor.nibble(at, i + 1) << 4));
        }
      }
    });
  }

  /// float32 `[rows, blocks]`: the file's own scales of a Q4_0, Q4_1 or Q8_0 tensor.
  TensorBytes storedScales() {
    return blockFloats((source, block) -> tensor.half(tensor.block(source, block)));
  }

  /// float32 `[rows, blocks]` of a Q4_1 tensor: `m + 8d`, what the symmetric product with zero point 8 leaves out for
  /// each unit of the input's block sum.
  TensorBytes blockSumWeights() {
    return blockFloats((source, block) -> {
      long at = tensor.block(source, block);
      return tensor.half(at + 2) + 8 * tensor.half(at);
    });
  }

  /// uint8 `[rows, blocks, 32]` of a Q8_0 tensor, exactly.
  TensorBytes storedBytes() {
    return rows(tensor.columns(), (source, into) -> {
      for (int block = 0; block < tensor.blocksPerRow(); block++) {
        long at = tensor.block(source, block) + 2;
        for (int i = 0; i < BLOCK; i++) {
          into.put((byte) (tensor.int8(at + i) + 128));
        }
      }
    });
  }

  /// uint8 `[rows, blocks, 32]`: every block rounded to `scale * (q - 128)`, `q - 128` in -127..127.
  TensorBytes roundedBytes() {
    float[] row = new float[tensor.columns()];
    return rows(tensor.columns(), (source, into) -> {
      tensor.dequantize(source, row);
      for (int from = 0; from < row.length; from += BLOCK) {
        float scale = roundingScale(row, from);
        for (int i = from; i < from + BLOCK; i++) {
          long rounded = Math.round(Math.rint(row[i] / scale));
          into.put((byte) (Math.clamp(rounded, -LARGEST, LARGEST) + 128));
        }
      }
    });
  }

  /// float32 `[rows, blocks]`: the scales of [#roundedBytes()].
  TensorBytes roundedScales() {
    float[] row = new float[tensor.columns()];
    return rows(tensor.columns() / BLOCK * Float.BYTES, (source, into) -> {
      tensor.dequantize(source, row);
      for (int from = 0; from < row.length; from += BLOCK) {
        into.putFloat(roundingScale(row, from));
      }
    });
  }

  private static float roundingScale(float[] row, int from) {
    float largest = 0;
    for (int i = from; i < from + BLOCK; i++) {
      largest = Math.max(largest, Math.abs(row[i]));
    }
    return largest == 0 ? 1 : largest / LARGEST;
  }

  @FunctionalInterface
  private interface BlockFloat {
    float of(int sourceRow, int block);
  }

  private TensorBytes blockFloats(BlockFloat value) {
    return rows(tensor.blocksPerRow() * Float.BYTES, (source, into) -> {
      for (int block = 0; block < tensor.blocksPerRow(); block++) {
        into.putFloat(value.of(source, block));
      }
    });
  }

  private TensorBytes rows(int rowBytes, RowEncoder encoder) {
    return out -> writeRows(rowBytes, encoder, out);
  }

  private void writeRows(int rowBytes, RowEncoder encoder, OutputStream out) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < tensor.rows(); r++) {
      encoder.encode(order.source(r), row.clear());
      out.write(row.array());
    }
  }
}
