package dev.penstock.generators.engine;

import dev.penstock.generators.GenerationException;

/// A stage of the execution plan after the lane: runs on a plan thread and may block (encode, upload, check
/// the size, serialise).
@FunctionalInterface
public interface PlanStage<I, O> {

  O apply(I input) throws GenerationException;
}
