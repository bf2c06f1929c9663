package dev.penstock.generators.models.transformer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The layouts that can be imported; all share the llama layout's order of parts.
public enum Architecture {
  /// LLaMA (Touvron et al. 2023) with grouped-query attention: Llama 2 and 3, SmolLM2, and others that use its layout.
  LLAMA,
  /// Qwen2 and 2.5: biases on query, key and value.
  QWEN2,
  /// Qwen3: a norm over each query and key head before the positions.
  QWEN3;

  /// The word used by GGUF and by Hugging Face.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Architecture> ofWord(String word) {
    return Arrays.stream(values()).filter(architecture -> architecture.word().equals(word)).findAny();
  }

  /// All words, for messages.
  public static String words() {
    return Arrays.stream(values()).map(Architecture::word).collect(Collectors.joining(", "));
  }

  boolean hasHeadNorms() {
    return this == QWEN3;
  }

  boolean needsBias() {
    return this == QWEN2;
  }
}
