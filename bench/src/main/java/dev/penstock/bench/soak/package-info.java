/// Whether an instance that works for long stays as it is. [SoakBenchmark] leads.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.soak;
