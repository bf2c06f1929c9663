/// One scheduler for every family, scheduling steps, not requests (iteration-level batching).
///
/// Start at [StepEngine]. A submitted request is a [Job]. A [Lane] per model version owns that model's `Stepper`, on a
/// [LaneThread]: [LaneMail] brings what other threads say, [LaneIntake] takes it into the [LaneSchedule] unless the
/// [Forecast] says no, [LaneResidence] loads the [LaneModel] when there is work and room, [LaneRun] steps the
/// [ActiveSet], [BatchFailures] finds out who made a step fail, [LaneExits] hands over what ended.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine.lane;
