package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.transformer.BlockFormat;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tensor encodings that can be read, with their numbers in `enum ggml_type` (ggml.h); [GgufBlocks] reads them.
public enum GgufTensorType {
  F32(0, 4),
  F16(1, 2),
  Q4_0(2, 32, 18, new BlockFormat(32, 4, 0, false)),
  Q4_1(3, 32, 20, new BlockFormat(32, 4, 8, true)),
  Q8_0(8, 32, 34, new BlockFormat(32, 8, 0, false)),
  Q4_K(12, 256, 144, new BlockFormat(32, 4, 8, true)),
  Q5_K(13, 256, 176, new BlockFormat(32, 8, 16, true)),
  Q6_K(14, 256, 210, new BlockFormat(16, 8, 0, false)),
  BF16(30, 2);

  /// Encodings that exist but are not read, so that a refusal can name them.
  private static final Map<Integer, String> OTHERS = Map.ofEntries(
      Map.entry(6, "Q5_0"), Map.entry(7, "Q5_1"), Map.entry(9, "Q8_1"), Map.entry(10, "Q2_K"),
      Map.entry(11, "Q3_K"), Map.entry(15, "Q8_K"), Map.entry(16, "IQ2_XXS"), Map.entry(17, "IQ2_XS"),
      Map.entry(18, "IQ3_XXS"), Map.entry(19, "IQ1_S"), Map.entry(20, "IQ4_NL"), Map.entry(21, "IQ3_S"),
      Map.entry(22, "IQ2_S"), Map.entry(23, "IQ4_XS"), Map.entry(24, "I8"), Map.entry(25, "I16"),
      Map.entry(26, "I32"), Map.entry(27, "I64"), Map.entry(28, "F64"), Map.entry(29, "IQ1_M"),
      Map.entry(34, "TQ1_0"), Map.entry(35, "TQ2_0"), Map.entry(39, "MXFP4"));

  private final int code;
  private final int blockElements;
  private final int blockBytes;
  private final Optional<BlockFormat> format;

  GgufTensorType(int code, int bytes) {
    this.code = code;
    this.blockElements = 1;
    this.blockBytes = bytes;
    this.format = Optional.empty();
  }

  GgufTensorType(int code, int blockElements, int blockBytes, BlockFormat format) {
    this.code = code;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
    this.format = Optional.of(format);
  }

  int code() {
    return code;
  }

  /// Elements that lie together in the file; 1 for plain floats.
  int blockElements() {
    return blockElements;
  }

  int blockBytes() {
    return blockBytes;
  }

  /// How the elements are quantised; empty for plain floats.
  Optional<BlockFormat> format() {
    return format;
  }

  static Optional<GgufTensorType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findAny();
  }

  /// The name of any encoding of ggml, read or not.
  static String nameOf(int code) {
    return ofCode(code).map(GgufTensorType::name).orElseGet(() -> OTHERS.getOrDefault(code, "number " + code));
  }

  static String readable() {
    return Arrays.stream(values()).map(GgufTensorType::name).collect(Collectors.joining(", "));
  }
}
