/// The mathematics of evaluations: numbers in, numbers out. [FrechetDistance] and [Manifold] compare sets of feature
/// vectors, [TextVariety] texts; [Bootstrap] says how far a figure may be off.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.evaluation.metrics;
