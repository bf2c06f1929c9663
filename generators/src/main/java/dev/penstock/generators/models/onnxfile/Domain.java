package dev.penstock.generators.models.onnxfile;

/// Operator sets that a written graph imports.
public enum Domain {
  /// The standard operators, opset 17.
  ONNX("", 17),
  /// ONNX Runtime's contributed operators: GroupQueryAttention, MatMulNBits and others.
  MICROSOFT("com.microsoft", 1);

  private final String word;
  private final int version;

  Domain(String word, int version) {
    this.word = word;
    this.version = version;
  }

  String word() {
    return word;
  }

  int version() {
    return version;
  }
}
