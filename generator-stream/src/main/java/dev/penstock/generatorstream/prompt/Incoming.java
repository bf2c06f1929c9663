package dev.penstock.generatorstream.prompt;

/// What reaches the inbox.
public sealed interface Incoming extends Routed permits AdmittedPrompt, Cancellation {}
