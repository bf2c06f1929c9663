/// What the pipeline costs beside the bare engine and beside a plain Kafka Streams topology.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.pipeline;
