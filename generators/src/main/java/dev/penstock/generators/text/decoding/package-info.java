/// Token by token on one lane: [LanguageModelStepper] schedules rows, [LanguageModelGraph] runs them, [KeyValueCache]
/// holds what attention remembers, [PrefixCache] what is known of the beginnings of prompts. [PreparedPrompt] goes in,
/// [TextDraft] comes out.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.decoding;
