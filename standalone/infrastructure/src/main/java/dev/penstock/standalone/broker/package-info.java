/// Kafka in this process. [EmbeddedKafka] starts and stops one to three nodes, [KafkaMember] one of a cluster whose others
/// are elsewhere; [KafkaNode] is one of them,
/// [NodeProperties] its settings, [FencingController] what a kill makes necessary.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.broker;
