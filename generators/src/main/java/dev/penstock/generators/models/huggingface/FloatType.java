package dev.penstock.generators.models.huggingface;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Element types of safetensors files that can be read.
enum FloatType {
  F32(4), F16(2), BF16(2);

  private final int bytes;

  FloatType(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  static Optional<FloatType> ofWord(String word) {
    return Arrays.stream(values()).filter(type -> type.name().equals(word)).findAny();
  }

  static String words() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
