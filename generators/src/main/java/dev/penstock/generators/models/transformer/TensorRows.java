package dev.penstock.generators.models.transformer;

import dev.penstock.generators.models.onnxfile.TensorBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The contents of a matrix in the layouts that ONNX Runtime's operators read, streamed row by row.
///
/// Layouts after the contributed operators' documentation: MatMulNBits wants 4-bit blocks with element 2i in the low
/// nibble of byte i and zero point 8, 8-bit blocks unsigned with zero point 128, and float32 scales `[rows, blocks]`.
///
/// @param matrix the source
/// @param order  which source row is written where
record TensorRows(WeightMatrix matrix, RowOrder order) {

  private static final int LARGEST = 127;

  /// Writes what one source row becomes.
  @FunctionalInterface
  private interface RowEncoder {
    void encode(int sourceRow, ByteBuffer into);
  }

  /// One row of a [BlockedMatrix], as it was read last.
  private static final class Stored {
    private final BlockedMatrix matrix;
    private final int[] quants;
    private final float[] scales;
    private final float[] minima;

    private Stored(BlockedMatrix matrix) {
      this.matrix = matrix;
      this.quants = new int[matrix.columns()];
      this.scales = new float[matrix.columns() / matrix.format().size()];
      this.minima = new float[scales.length];
    }

    private void read(int row) {
      matrix.readBlocks(row, quants, scales, minima);
    }
  }

  /// float32 `[rows, columns]`.
  TensorBytes floats() {
    float[] row = new float[matrix.columns()];
    return rows(matrix.columns() * Float.BYTES, (source, into) -> {
      matrix.read(source, row);
      into.asFloatBuffer().put(row);
    });
  }

  /// float32 `[columns]` of a vector whose elements are in the order of another matrix's rows.
  TensorBytes reorderedVector() {
    float[] row = new float[matrix.columns()];
    matrix.read(0, row);
    float[] ordered = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      ordered[i] = row[order.source(i)];
    }
    return TensorBytes.of(ordered);
  }

  /// uint8 codes of a blocked matrix: `[rows, blocks, size]` with 8 bits, `[rows, blocks, size / 2]` with 4.
  TensorBytes codes(BlockedMatrix blocked) {
    var stored = new Stored(blocked);
    int shift = blocked.format().zeroPoint() - blocked.format().centre();
    if (blocked.format().bits() == 8) {
      return rows(matrix.columns(), (source, into) -> {
        stored.read(source);
        for (int quant : stored.quants) {
          into.put((byte) (quant + shift));
        }
      });
    }
    return rows(matrix.columns() / 2, (source, into) -> {
      stored.read(source);
      for (int i = 0; i < stored.quants.length; i += 2) {
        into.put((byte) (stored.quants[i] + shift | stored.quants[i + 1] + shift << 4));
      }
    });
  }

  /// float32 `[rows, blocks]`: the file's own scales.
  TensorBytes scales(BlockedMatrix blocked) {
    var stored = new Stored(blocked);
    return rows(stored.scales.length * Float.BYTES, (source, into) -> {
      stored.read(source);
      into.asFloatBuffer().put(stored.scales);
    });
  }

  /// float32 `[rows, blocks]`: `minimum + scale * centre`, what the symmetric product leaves out for each unit of the
  /// input's block sum.
  TensorBytes offsets(BlockedMatrix blocked) {
    var stored = new Stored(blocked);
    int centre = blocked.format().centre();
    return rows(stored.scales.length * Float.BYTES, (source, into) -> {
      stored.read(source);
      for (int block = 0; block < stored.scales.length; block++) {
        into.putFloat(stored.minima[block] + centre * stored.scales[block]);
      }
    });
  }

  /// uint8 `[rows, blocks, 32]`: every block rounded to `scale * (q - 128)`, `q - 128` in -127..127.
  TensorBytes roundedCodes() {
    float[] row = new float[matrix.columns()];
    return rows(matrix.columns(), (source, into) -> {
      matrix.read(source, row);
      for (int from = 0; from < row.length; from += BlockFormat.ROUNDED.size()) {
        float scale = roundingScale(row, from);
        for (int i = from; i < from + BlockFormat.ROUNDED.size(); i++) {
          long rounded = Math.round(Math.rint(row[i] / scale));
          into.put((byte) (Math.clamp(rounded, -LARGEST, LARGEST) + 128));
        }
      }
    });
  }

  /// float32 `[rows, blocks]`: the scales of [#roundedCodes()].
  TensorBytes roundedScales() {
    float[] row = new float[matrix.columns()];
    return rows(matrix.columns() / BlockFormat.ROUNDED.size() * Float.BYTES, (source, into) -> {
      matrix.read(source, row);
      for (int from = 0; from < row.length; from += BlockFormat.ROUNDED.size()) {
        into.putFloat(roundingScale(row, from));
      }
    });
  }

  private static float roundingScale(float[] row, int from) {
    float largest = 0;
    for (int i = from; i < from + BlockFormat.ROUNDED.size(); i++) {
      largest = Math.max(largest, Math.abs(row[i]));
    }
    return largest == 0 ? 1 : largest / LARGEST;
  }

  private TensorBytes rows(int rowBytes, RowEncoder encoder) {
    return out -> writeRows(rowBytes, encoder, out);
  }

  private void writeRows(int rowBytes, RowEncoder encoder, OutputStream out) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < matrix.rows(); r++) {
      encoder.encode(order.source(r), row.clear());
      out.write(row.array());
    }
  }
}
