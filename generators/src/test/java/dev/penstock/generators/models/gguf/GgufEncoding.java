package dev.penstock.generators.models.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Encodes floats as ggml does (ggml-quants.c, reference quantisation) and says exactly what the bytes stand for.
enum GgufEncoding {
  F32, F16, BF16, Q8_0, Q4_0, Q4_1;

  /// @param values what a decoder must find
  record Encoded(int type, byte[] bytes, float[] values) {}

  Encoded encode(float[] source) {
    float[] values = new float[source.length];
    ByteBuffer bytes = ByteBuffer.allocate(source.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    int step = this == F32 || this == F16 || this == BF16 ? 1 : 32;
    for (int from = 0; from < source.length; from += step) {
      switch (this) {
        case F32 -> bytes.putFloat(values[from] = source[from]);
        case F16 -> values[from] = half(bytes, source[from]);
        case BF16 -> {
          int bits = Float.floatToRawIntBits(source[from]) & 0xFFFF0000;
          bytes.putShort((short) (bits >>> 16));
          values[from] = Float.intBitsToFloat(bits);
        }
        case Q8_0 -> q80(source, from, bytes, values);
        case Q4_0 -> q40(source, from, bytes, values);
        case Q4_1 -> q41(source, from, bytes, values);
      }
    }
    byte[] written = new byte[bytes.position()];
    bytes.get(0, written);
    return new Encoded(code(), written, values);
  }

  private int code() {
    return switch (this) {
      case F32 -> 0;
      case F16 -> 1;
      case Q4_0 -> 2;
      case Q4_1 -> 3;
      case Q8_0 -> 8;
      case BF16 -> 30;
    };
  }

  private static float half(ByteBuffer bytes, float value) {
    short bits = Float.floatToFloat16(value);
    bytes.putShort(bits);
    return Float.float16ToFloat(bits);
  }

  private static void q80(float[] source, int from, ByteBuffer bytes, float[] values) {
    float scale = half(bytes, largest(source, from) / 127);
    for (int i = from; i < from + 32; i++) {
      int q = scale == 0 ? 0 : Math.clamp(Math.round(source[i] / scale), -127, 127);
      bytes.put((byte) q);
      values[i] = scale * q;
    }
  }

  private static void q40(float[] source, int from, ByteBuffer bytes, float[] values) {
    float scale = half(bytes, largest(source, from) / 7);
    int[] q = new int[32];
    for (int i = 0; i < 32; i++) {
      q[i] = scale == 0 ? 8 : Math.clamp(Math.round(source[from + i] / scale) + 8, 0, 15);
      values[from + i] = scale * (q[i] - 8);
    }
    nibbles(q, bytes);
  }

  private static void q41(float[] source, int from, ByteBuffer bytes, float[] values) {
    float low = Float.MAX_VALUE;
    float high = -Float.MAX_VALUE;
    for (int i = from; i < from + 32; i++) {
      low = Math.min(low, source[i]);
      high = Math.max(high, source[i]);
    }
    float scale = half(bytes, (high - low) / 15);
    float minimum = half(bytes, low);
    int[] q = new int[32];
    for (int i = 0; i < 32; i++) {
      q[i] = scale == 0 ? 0 : Math.clamp(Math.round((source[from + i] - minimum) / scale), 0, 15);
      values[from + i] = scale * q[i] + minimum;
    }
    nibbles(q, bytes);
  }

  private static void nibbles(int[] q, ByteBuffer bytes) {
    for (int i = 0; i < 16; i++) {
      bytes.put((byte) (q[i] | q[i + 16] << 4));
    }
  }

  private static float largest(float[] source, int from) {
    float largest = 0;
    for (int i = from; i < from + 32; i++) {
      largest = Math.max(largest, Math.abs(source[i]));
    }
    return largest;
  }
}
