package dev.penstock.generators.text;

import dev.penstock.generators.models.LanguageModelSection;

/// How much room a loaded language model gets.
///
/// @param slots how many answers can be under way at once, 1 to 1024
/// @param slotTokens how many tokens each can hold, prompt and answer together, at least 2 and at most the model's
///     context length; keys and values of all slots are reserved at loading and take memory as far as they are used
/// @param prefixBytes how much memory what is known of the beginnings of prompts may take, at least 0; 0 keeps nothing
public record LanguageModelSettings(int slots, int slotTokens, long prefixBytes) {

  public static final int DEFAULT_SLOTS = 16;
  public static final int DEFAULT_SLOT_TOKENS = 768;
  public static final long DEFAULT_PREFIX_BYTES = 128L << 20;

  public LanguageModelSettings {
    if (slots < 1 || slots > 1024) throw new IllegalArgumentException("slots must be 1 to 1024, is " + slots);
    if (slotTokens < 2) throw new IllegalArgumentException("slotTokens must be at least 2, is " + slotTokens);
    if (prefixBytes < 0) throw new IllegalArgumentException("prefixBytes must be at least 0, is " + prefixBytes);
  }

  public LanguageModelSettings(int slots, int slotTokens) {
    this(slots, slotTokens, DEFAULT_PREFIX_BYTES);
  }

  /// 16 slots of 768 tokens, or of the model's context where that is shorter; for the beginnings of prompts a quarter of
  /// what the slots take, 128 MiB at most.
  public static LanguageModelSettings forModel(LanguageModelSection section) {
    int slotTokens = Math.min(section.contextLength(), DEFAULT_SLOT_TOKENS);
    long slotBytes = section.cacheBytesPerPosition() * slotTokens * DEFAULT_SLOTS;
    return new LanguageModelSettings(DEFAULT_SLOTS, slotTokens, Math.min(DEFAULT_PREFIX_BYTES, slotBytes / 4));
  }
}
