/// The Kafka Streams application. [GeneratorTopology] is the whole flow on one screen; [GeneratorStreamService]
/// runs it beside the engine. `admit` decides what may enter, `inbox` keeps it until it is done, `route` makes the
/// records that leave, `streams` holds what Kafka Streams itself needs.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream;
