package dev.penstock.generatorstream.prompt;


/// A record that leaves: already serialised, and bound for the partition its prompt came from.
///
/// @param value the framed record value, owned by this object
public record Outgoing(int partition, byte[] value) implements Routed {}
