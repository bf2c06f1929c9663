package dev.penstock.generators.engine.lane;

import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.crash.Suspects;
import dev.penstock.generators.engine.device.DeviceArbiter;
import dev.penstock.generators.engine.device.MemoryBudget;
import dev.penstock.generators.engine.plan.PlanTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// What the lanes of one engine share.
///
/// @param plan takes tasks for the plan threads, from any thread
/// @param executions the last execution number given out
/// @param memory what the models may take together
record EngineParts(
    EngineClock clock,
    DeviceArbiter arbiter,
    Consumer<PlanTask> plan,
    Suspects suspects,
    AtomicLong executions,
    MemoryBudget memory) {}
