package dev.penstock.generators.models.transformer;

/// A tensor of a model's file as `rows` rows of `columns` elements; a vector is one row. Nothing is read before it is
/// asked for. Valid as long as its file is open; safe for many threads.
public interface WeightMatrix {

  /// The tensor's name in its file.
  String name();

  /// Output features of a linear layer.
  int rows();

  /// Input features of a linear layer.
  int columns();

  /// Writes one row as float32: exactly the values that the file stands for.
  ///
  /// @param into as long as a row
  void read(int row, float[] into);
}
