package dev.penstock.generators.models.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Unpacks the blocks of quantised tensors: element = scale * quant + minimum.
///
/// Source: ggml-quants.h and ggml-quants.c of ggml. `d` and `m` are float16.
///
/// | type | elements | bytes | element |
/// |---|---|---|---|
/// | Q4_0 | 32 | d, 16 pairs | d * (q - 8) |
/// | Q4_1 | 32 | d, m, 16 pairs | d * q + m |
/// | Q8_0 | 32 | d, 32 signed | d * q |
/// | Q4_K | 8 x 32 | d, m, 12 of scales, 128 pairs | (d * scale) * q - m * minimum |
/// | Q5_K | 8 x 32 | d, m, 12 of scales, 32 of fifth bits, 128 pairs | (d * scale) * q - m * minimum |
/// | Q6_K | 16 x 16 | 128 of low bits, 64 of high bits, 16 signed scales, d | (d * scale) * (q - 32) |
final class GgufBlocks {

  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final int[] quants;
  private final float[] scales;
  private final float[] minima;

  GgufBlocks(MemorySegment bytes, int[] quants, float[] scales, float[] minima) {
    this.bytes = bytes;
    this.quants = quants;
    this.scales = scales;
    this.minima = minima;
  }

  /// Reads one block of the file.
  ///
  /// @param at      its offset
  /// @param element where its first element goes
  /// @param block   where its first scale goes
  void read(GgufTensorType type, long at, int element, int block) {
    switch (type) {
      case Q4_0 -> {
        scales[block] = half(at);
        pairs(at + 2, element, 16, -8);
      }
      case Q4_1 -> {
        scales[block] = half(at);
        minima[block] = half(at + 2);
        pairs(at + 4, element, 16, 0);
      }
      case Q8_0 -> {
        scales[block] = half(at);
        for (int i = 0; i < 32; i++) {
          quants[element + i] = signed(at + 2 + i);
        }
      }
      case Q4_K -> {
        scalesAndMinima(at, block);
        for (int pair = 0; pair < 4; pair++) {
          pairs(at + 16 + 32 * pair, element + 64 * pair, 32, 0);
        }
      }
      case Q5_K -> q5(at, element, block);
      case Q6_K -> q6(at, element, block);
      case F32, F16, BF16 -> throw new IllegalArgumentException(type + " has no blocks");
    }
  }

  /// `count` bytes whose low nibbles come first, then their high nibbles.
  private void pairs(long at, int element, int count, int shift) {
    for (int i = 0; i < count; i++) {
      int pair = unsigned(at + i);
      quants[element + i] = (pair & 15) + shift;
      quants[element + count + i] = (pair >>> 4) + shift;
    }
  }

  /// Eight 6-bit scales and minima in 12 bytes: the first four plain, the upper bits of the others on top of them.
  private void scalesAndMinima(long at, int block) {
    float scale = half(at);
    float minimum = half(at + 2);
    long packed = at + 4;
    for (int i = 0; i < 8; i++) {
      int s;
      int m;
      if (i < 4) {
        s = unsigned(packed + i) & 63;
        m = unsigned(packed + 4 + i) & 63;
      } else {
        s = unsigned(packed + 4 + i) & 15 | unsigned(packed + i - 4) >>> 6 << 4;
        m = unsigned(packed + 4 + i) >>> 4 | unsigned(packed + i) >>> 6 << 4;
      }
      scales[block + i] = scale * s;
      minima[block + i] = -(minimum * m);
    }
  }

  /// Bit `i` of the byte of fifth bits belongs to the block of 32 number `i`.
  private void q5(long at, int element, int block) {
    scalesAndMinima(at, block);
    for (int pair = 0; pair < 4; pair++) {
      pairs(at + 48 + 32 * pair, element + 64 * pair, 32, 0);
    }
    for (int i = 0; i < 256; i++) {
      int fifth = unsigned(at + 16 + i % 32) >>> i / 32 & 1;
      quants[element + i] += fifth << 4;
    }
  }

  /// Two halves of 128 elements; byte `i` of 32 of the high bits holds those of the elements `i`, `i + 32`, `i + 64`,
  /// `i + 96` of its half.
  private void q6(long at, int element, int block) {
    float scale = half(at + 208);
    for (int i = 0; i < 16; i++) {
      scales[block + i] = scale * signed(at + 192 + i);
    }
    for (int i = 0; i < 256; i++) {
      int half = i / 128;
      int quarter = i % 128 / 32;
      int low = unsigned(at + 64 * half + i % 64) >>> (quarter >= 2 ? 4 : 0) & 15;
      int high = unsigned(at + 128 + 32 * half + i % 32) >>> 2 * quarter & 3;
      quants[element + i] = (low | high << 4) - 32;
    }
  }

  private float half(long at) {
    return Float.float16ToFloat(bytes.get(HALF, at));
  }

  private int unsigned(long at) {
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
  }

  private int signed(long at) {
    return bytes.get(ValueLayout.JAVA_BYTE, at);
  }
}
