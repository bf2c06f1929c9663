/// A schema registry in this process that speaks Confluent's REST API and keeps its schemas in Kafka as
/// Confluent's does. [EmbeddedRegistry] starts it; [RegistryServer] reads requests, [Routes] says what answers
/// which, [SchemaStore] knows the schemas, [SchemaTopic] keeps them, [CompatibilityLevel] judges new ones.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.registry;
