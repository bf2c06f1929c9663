/// What a generation is, apart from how it is transported: [GenerationRequest] goes in,
/// [GenerationResult] or a [GenerationException] comes out, a [Generator] is one loaded model version.
/// Knows no Kafka. `engine` schedules the steps of all generators; each family has a package of its own.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators;
