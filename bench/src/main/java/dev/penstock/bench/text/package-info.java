/// A language model alone, without Kafka: [TextBenchmark] leads through the comparisons, [TextLoad] is what is asked of
/// the model, [TextModel] one form of it, [Mode] how its requests are put together.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.text;
