package dev.penstock.generators.onnx.folding;

/// How far a folded product may be from the graph's own for a [ProbeInput].
///
/// Both round the input to 8 bits with a scale a block, `largest / 127`; the folded one multiplies offsets with what was
/// rounded, the other with what was not. So they differ by at most half such a scale for each element of a block, times
/// the block's offset, and by what adding float32 in another order costs.
///
/// @param size   elements of a block
/// @param blocks of a row
record Tolerance(int size, int blocks, int zeroPoint, float[] scales, float[] offsets) {

  private static final float STEPS = 127;
  /// Of a sum, for each number that is added: twice half a unit in the last place.
  private static final float FLOAT_ROUNDING = 0x1p-23f;

  /// @param row    of the input
  /// @param output row of the weights
  float of(ProbeInput probe, int row, int output) {
    float offset = 0;
    float summed = 0;
    for (int block = probe.firstBlock(row); block < blocks; block += probe.everyBlock()) {
      float one = Math.abs(offsets[output * blocks + block]);
      offset += one;
      summed += 2 * zeroPoint * Math.abs(scales[output * blocks + block]) + one;
    }
    return size * ProbeInput.LARGEST * (offset / (2 * STEPS) + summed * FLOAT_ROUNDING * (size + blocks));
  }
}
