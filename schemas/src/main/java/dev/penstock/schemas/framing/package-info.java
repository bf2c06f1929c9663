/// Avro in Confluent framing: 0x00, the schema id as 4 bytes big-endian, Avro binary. [AvroSerializer] and
/// [AvroDeserializer] are the two ends; a [SchemaRegistry] says which schema an id means, [HttpSchemaRegistry]
/// asks any server that speaks Confluent's REST API.
@org.jspecify.annotations.NullMarked
package dev.penstock.schemas.framing;
