/// Language models and text encoders. [LanguageModelGenerator] leads: it writes the prompt ([PromptWriter]), hands it
/// to the lane (`decoding`, which draws by `sampling`) and chooses among the candidates ([BestOf]). [Tokenizer] and
/// [MiniLmEmbedder] stand for themselves; `template` renders chat templates.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text;
