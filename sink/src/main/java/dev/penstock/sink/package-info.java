/// Keeps generated content: Kafka to PostgreSQL and the object store, exactly once, and shows it. [SinkService] is
/// the whole service; `flow` has the pipeline, `arrival` decodes, `objects` keeps bodies, `database` the tables,
/// `console` shows them.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink;
