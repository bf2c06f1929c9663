/// How records get from Kafka to the tables: [SinkPipeline] shows it on one screen. [Positions] starts every
/// partition where the database stands; [Count] names what is counted.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink.flow;
