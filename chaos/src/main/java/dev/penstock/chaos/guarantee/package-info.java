/// What must hold whatever happened to the processes: each [Guarantee] is asked of an [Account], which a [Recount]
/// takes from the topics with plain Kafka and Avro, reading nothing of Penstock's but the contract.
@org.jspecify.annotations.NullMarked
package dev.penstock.chaos.guarantee;
