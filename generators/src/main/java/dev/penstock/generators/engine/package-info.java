/// The step engine: one scheduler for every family, scheduling steps, not requests (iteration-level
/// batching). Start at [StepEngine]; a [Lane] per loaded model version owns that model's [Stepper], on a [LaneThread];
/// a submitted request is a [Job], ordered by the [LaneSchedule]; the [DeviceArbiter] grants steps across lanes;
/// [PlanThreads] run the stages before and after the lane. Who ran when the process crashed is known in `crash`.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine;
