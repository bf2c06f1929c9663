/// What answers that keep a JSON Schema cost over free text. [StructuredBenchmark] leads.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.structured;
