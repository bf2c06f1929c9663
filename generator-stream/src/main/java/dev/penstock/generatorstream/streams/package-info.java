/// What Kafka Streams needs from us: settings that were measured, and the fence that makes a punctuated transaction exactly-once.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.streams;
