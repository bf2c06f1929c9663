package dev.penstock.generators.models.transformer;

/// A [WeightMatrix] whose file keeps small whole numbers in blocks: element = scale * quant + minimum, with one scale
/// and one minimum a block.
public interface BlockedMatrix extends WeightMatrix {

  BlockFormat format();

  /// Reads one row as it is stored.
  ///
  /// @param quants one a column
  /// @param scales one a block
  /// @param minima one a block; 0 throughout for a format without minima
  void readBlocks(int row, int[] quants, float[] scales, float[] minima);
}
