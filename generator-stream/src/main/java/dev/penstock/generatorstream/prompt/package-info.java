/// What travels between the operators: a [SourceRecord] comes in, becomes an [AdmittedPrompt] for one of the
/// [ServedModels], and leaves as [Outgoing] records.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.prompt;
