package dev.penstock.generators.onnx.folding;

import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/// What products are tried with: rows whose blocks hold values from 0.5 to [#LARGEST] of one sign, so that an offset tells.
///
/// @param everyBlock row r has values in the blocks r, r + everyBlock, r + 2 everyBlock ..., and zeros between them
record ProbeInput(int rows, int everyBlock) {

  static final float LARGEST = 1.5f;

  private static final long SEED = 20261123;

  /// One row, no zeros.
  static ProbeInput dense() {
    return new ProbeInput(1, 1);
  }

  static ProbeInput sparse(int rows) {
    return new ProbeInput(rows, rows);
  }

  int firstBlock(int row) {
    return row % everyBlock;
  }

  /// The input of a product, float32 `[1, rows, columns]`. Closed by the caller.
  OnnxValue values(OffsetProduct product) {
    SplittableRandom random = new SplittableRandom(SEED);
    int columns = product.columns();
    int size = product.size();
    FloatBuffer values = OnnxValue.allocateFloats(Math.multiplyExact(rows, columns));
    for (int row = 0; row < rows; row++)
      for (int start = firstBlock(row) * size; start < columns; start += everyBlock * size) {
        int sign = random.nextBoolean() ? 1 : -1;
        for (int i = start; i < start + size; i++)
          values.put(row * columns + i, sign * (float) random.nextDouble(0.5, LARGEST));
      }
    return OnnxValue.of(values, 1, rows, columns);
  }
}
