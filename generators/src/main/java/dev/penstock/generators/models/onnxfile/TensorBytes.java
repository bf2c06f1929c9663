package dev.penstock.generators.models.onnxfile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The contents of a tensor, row-major and little-endian, written piece by piece so that none has to be held whole.
@FunctionalInterface
public interface TensorBytes {

  /// Writes every byte; called once. The stream is buffered by the caller and must not be closed.
  void writeTo(OutputStream out) throws IOException;

  static TensorBytes of(float... values) {
    ByteBuffer bytes = little(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return out -> out.write(bytes.array());
  }

  static TensorBytes of(long... values) {
    ByteBuffer bytes = little(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return out -> out.write(bytes.array());
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
