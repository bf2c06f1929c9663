package dev.penstock.generators.onnx;

/// What a tensor is made of. Graphs may hold more types inside; these are the ones that cross the door.
public enum ElementType {
  FLOAT32(4),
  INT64(8),
  INT32(4);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /// The size of one element.
  public int bytes() {
    return bytes;
  }
}
