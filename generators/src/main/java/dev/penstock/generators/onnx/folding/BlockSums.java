package dev.penstock.generators.onnx.folding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/// Where ONNX Runtime's kernels on x86-64 (MLAS, CompInt8) keep what they add to a product of blocks for the zero point:
/// one float32 for each row and block, which a kernel multiplies with the sum of the input's block. It is packed as
/// `-scale * zero point`; any other number there is an offset that costs nothing.
///
/// A packed weight is: the codes; from the next multiple of 64 bytes on the sums, 16 rows beside each other
/// (`[rows / 16][blocks][16]`); the scales; and 126 bytes for aligning both. Versions and instruction sets order them
/// otherwise, so nothing is written unless every sum is found where it should be.
///
/// @param rows      of the weight
/// @param blocks    of a row
/// @param codeBytes of a block
/// @param zeroPoint of a code
record BlockSums(int rows, int blocks, int codeBytes, int zeroPoint) {

  private static final int ALIGNMENT = 64;
  private static final int ROWS_TOGETHER = 16;

  /// Adds the offsets to the sums of a packed weight.
  ///
  /// @param packed  the whole piece, from an address that is a multiple of 64
  /// @param scales  `[rows, blocks]`
  /// @param offsets `[rows, blocks]`
  /// @return what is not as expected, as the end of a sentence; then nothing was written
  Optional<String> fold(ByteBuffer packed, float[] scales, float[] offsets) {
    if (packed.remaining() != bytes())
      return Optional.of("a packed weight has " + packed.remaining() + " bytes, not " + bytes());
    FloatBuffer sums = packed.slice((int) start(), Math.toIntExact(sumBytes())).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int row = 0; row < rows; row++)
      for (int block = 0; block < blocks; block++)
        if (sums.get(index(row, block)) != ofZeroPoint(scales[row * blocks + block]))
          return Optional.of("what is added for the zero point of row " + row + ", block " + block + " is "
              + sums.get(index(row, block)) + ", not " + ofZeroPoint(scales[row * blocks + block]));
    for (int row = 0; row < rows; row++)
      for (int block = 0; block < blocks; block++) {
        int at = row * blocks + block;
        sums.put(index(row, block), ofZeroPoint(scales[at]) + offsets[at]);
      }
    return Optional.empty();
  }

  private float ofZeroPoint(float scale) {
    return -scale * zeroPoint;
  }

  private int index(int row, int block) {
    return (row / ROWS_TOGETHER * blocks + block) * ROWS_TOGETHER + row % ROWS_TOGETHER;
  }

  private long start() {
    return Math.ceilDiv((long) rows * blocks * codeBytes, ALIGNMENT) * ALIGNMENT;
  }

  private long sumBytes() {
    return Math.ceilDiv((long) rows, ROWS_TOGETHER) * ROWS_TOGETHER * blocks * Float.BYTES;
  }

  private long bytes() {
    return (long) rows * blocks * (codeBytes + Float.BYTES) + sumBytes() + 2 * (ALIGNMENT - 1);
  }
}
