/// The step engine: one scheduler for every family, scheduling steps, not requests (iteration-level
/// batching). Start at [Engine]; a `Lane` per loaded model version owns that model's [Stepper] and thread;
/// the `DeviceArbiter` grants steps across lanes; the `FlightRecorder` knows after a native crash what ran.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine;
