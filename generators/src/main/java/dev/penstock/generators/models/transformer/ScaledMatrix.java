package dev.penstock.generators.models.transformer;

/// A matrix times a power of two: only exponents change, no element is rounded.
///
/// @param factor a power of two
record ScaledMatrix(WeightMatrix matrix, float factor) implements WeightMatrix {

  ScaledMatrix {
    if (!isPowerOfTwo(factor)) {
      throw new IllegalArgumentException("weights times " + factor + " would be rounded; powers of two are not");
    }
  }

  static boolean isPowerOfTwo(double number) {
    return number > 0 && number == Math.scalb(1.0, Math.getExponent(number));
  }

  /// The matrix times the factor, in blocks if the matrix is.
  static WeightMatrix of(WeightMatrix matrix, float factor) {
    var scaled = new ScaledMatrix(matrix, factor);
    return matrix instanceof BlockedMatrix blocked ? scaled.inBlocks(blocked) : scaled;
  }

  @Override
  public String name() {
    return matrix.name();
  }

  @Override
  public int rows() {
    return matrix.rows();
  }

  @Override
  public int columns() {
    return matrix.columns();
  }

  @Override
  public void read(int row, float[] into) {
    matrix.read(row, into);
    multiply(into);
  }

  private void multiply(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  /// Scales and minima are multiplied, the whole numbers stay.
  private WeightMatrix inBlocks(BlockedMatrix blocked) {
    return new ViewInBlocks(this, blocked.format(), (row, quants, scales, minima) -> {
      blocked.readBlocks(row, quants, scales, minima);
      multiply(scales);
      multiply(minima);
    });
  }
}
