package dev.penstock.generators.models.onnxfile;

/// Element types of tensors, with their numbers in `TensorProto.DataType`.
public enum TensorType {
  FLOAT32(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  INT32(6, 4),
  INT64(7, 8),
  FLOAT16(10, 2);

  private final int code;
  private final int bytes;

  TensorType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  /// The size of one element.
  public int bytes() {
    return bytes;
  }
}
