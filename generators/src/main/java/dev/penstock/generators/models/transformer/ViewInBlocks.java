package dev.penstock.generators.models.transformer;

/// A matrix that is put together from others in blocks, which are read as they are.
///
/// @param elements the same matrix, read as float32
/// @param blocks   reads a row of it in blocks of this format
record ViewInBlocks(WeightMatrix elements, BlockFormat format, Reader blocks) implements BlockedMatrix {

  /// See [BlockedMatrix#readBlocks].
  interface Reader {
    void read(int row, int[] quants, float[] scales, float[] minima);
  }

  @Override
  public String name() {
    return elements.name();
  }

  @Override
  public int rows() {
    return elements.rows();
  }

  @Override
  public int columns() {
    return elements.columns();
  }

  @Override
  public void read(int row, float[] into) {
    elements.read(row, into);
  }

  @Override
  public void readBlocks(int row, int[] quants, float[] scales, float[] minima) {
    blocks.read(row, quants, scales, minima);
  }
}
