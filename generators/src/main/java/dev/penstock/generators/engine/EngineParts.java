package dev.penstock.generators.engine;

import dev.penstock.generators.engine.crash.Suspects;
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
