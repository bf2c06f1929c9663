/// Two models on one device: [TwoModelsBenchmark] keeps each alone and both together busy ([Saturation]) and compares
/// what their lanes did ([Window]).
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.lanes;
