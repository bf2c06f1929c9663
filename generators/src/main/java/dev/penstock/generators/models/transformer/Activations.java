package dev.penstock.generators.models.transformer;

/// What a product with quantised weights makes of its input (`accuracy_level` of MatMulNBits).
public enum Activations {
  /// Rounds each block to 8 bits: 10 to 20 times faster on a CPU.
  INT8(4),
  /// Takes it as it is: as exact as the weights.
  FLOAT32(1);

  private final int accuracyLevel;

  Activations(int accuracyLevel) {
    this.accuracyLevel = accuracyLevel;
  }

  /// The attribute's value.
  public int accuracyLevel() {
    return accuracyLevel;
  }
}
