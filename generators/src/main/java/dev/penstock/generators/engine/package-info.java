/// The step engine: one scheduler for every family, scheduling steps, not requests (iteration-level
/// batching).
///
/// Start at [StepEngine]. A submitted request is a [Job]. A [Lane] per loaded model version owns that model's [Stepper],
/// on a [LaneThread]: [LaneMail] brings what other threads say, [LaneIntake] takes it into the [LaneSchedule] unless the
/// [Forecast] says no, [LaneRun] steps the [ActiveSet], [BatchFailures] finds out who made a step fail, [LaneExits]
/// hands over what ended; [Progress] carries partial results to a [StreamedCompletion]. The [DeviceArbiter] grants steps across lanes;
/// [PlanThreads] run the stages before and after the lane. Who ran when the process crashed is known in `crash`.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine;
