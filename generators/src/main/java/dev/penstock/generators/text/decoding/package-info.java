/// Token by token on one lane: [LanguageModelStepper] schedules rows, [LanguageModelGraph] runs them, [KeyValueCache]
/// holds what attention remembers. [PreparedPrompt] goes in, [TextDraft] comes out.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.decoding;
