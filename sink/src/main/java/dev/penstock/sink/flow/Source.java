package dev.penstock.sink.flow;

import dev.penstock.schemas.framing.SchemaRegistry;
import org.apache.kafka.clients.consumer.Consumer;

/// What the pipeline reads from.
///
/// @param consumer read_committed, commits nothing by itself; the pipeline closes it
public record Source(Consumer<byte[], byte[]> consumer, TopicIds topicIds, SchemaRegistry registry) {}
