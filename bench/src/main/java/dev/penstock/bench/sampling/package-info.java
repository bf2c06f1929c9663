/// What default sampling does: [SamplingBenchmark] leads; [LoopRate] counts answers that go round in circles,
/// [SamplerCost] times one draw.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.sampling;
