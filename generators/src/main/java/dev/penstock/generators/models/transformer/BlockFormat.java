package dev.penstock.generators.models.transformer;

/// How a [BlockedMatrix] is written into a graph without a loss: as codes around a zero point, which is all that a
/// symmetric product (MatMulNBits) knows, and an offset a block for what that leaves out.
///
/// element = scale * quant + minimum = scale * (code - zeroPoint) + offset, where
/// code = quant - centre + zeroPoint and offset = minimum + scale * centre.
///
/// @param size       elements a block, 16 or 32
/// @param bits       of a code, 4 or 8
/// @param centre     the quant that gets the zero point as its code
/// @param hasOffsets whether offsets differ from 0
public record BlockFormat(int size, int bits, int centre, boolean hasOffsets) {

  public BlockFormat {
    if (size != 16 && size != 32 || bits != 4 && bits != 8) {
      throw new IllegalArgumentException("blocks of " + size + " with " + bits + " bits; 16 or 32 with 4 or 8 exist");
    }
  }

  /// Eight bits around 128 in blocks of 32, what floats are rounded to.
  static final BlockFormat ROUNDED = new BlockFormat(32, 8, 0, false);

  int zeroPoint() {
    return 1 << bits - 1;
  }
}
