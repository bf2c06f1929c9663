package dev.penstock.generatorstream.prompt;


/// What travels between the operators: a prompt on its way in, or a record on its way out.
public sealed interface Routed permits Incoming, Outgoing {}
