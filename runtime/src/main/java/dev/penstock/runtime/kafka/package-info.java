/// Kafka clients made from the settings: [KafkaClients]. [RightsCheck] finds out at the start whether every [Right] that
/// a service needs is there, [StartFailures] says in a sentence what waiting does not mend.
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime.kafka;
