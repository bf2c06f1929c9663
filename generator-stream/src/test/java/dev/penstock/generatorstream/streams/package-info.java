/// What Kafka's clients do for us, and what we do to them.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.streams;
