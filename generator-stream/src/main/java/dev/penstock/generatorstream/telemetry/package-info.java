/// What operators see of the stream: [Metric] is the catalogue, [GeneratorMetrics] counts, [Tracing] follows one prompt;
/// [Telemetry] is both, and what the operators of the topology tell.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.telemetry;
