/// What became of prompt ids lately, so that an id is used once and a cancellation may come before its prompt: [PromptIds]
/// is the store, each [IdLog] one bounded memory in it.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.ids;
