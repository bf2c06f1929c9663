/// Measuring commands: `penstock bench NAME`. Each [Benchmark] runs what it compares in turns in one process, checks
/// that the results are right, and returns [Figures], mostly ratios, because a ratio within one run is what
/// holds on a noisy machine. [BenchCommand] prints and writes them.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench;
