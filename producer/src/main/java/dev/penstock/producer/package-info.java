/// Puts prompts on the topic. [PromptSender] sends what a [PromptDraft] builds; `campaign` reads files of prompts,
/// `answers` reads outcomes and content back, `cli` has the commands.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer;
