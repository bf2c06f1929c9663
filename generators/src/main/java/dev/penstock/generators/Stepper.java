package dev.penstock.generators;

import java.util.List;

/// A model seen as slots and steps. All methods are called by one lane thread, or before it starts and after
/// it ended. An execution is one request in the lane; it may hold several slots (a slot a candidate).
///
/// Results must not depend on what runs beside them: a request alone and among strangers gives the same draft.
///
/// @param <P> a prepared request
/// @param <D> what a finished execution leaves behind
public interface Stepper<P, D> {

  /// How many slots there are; fixed.
  int slots();

  /// How many slots `prepared` needs, at least 1; more than [#slots] is refused by the engine.
  int slotsFor(P prepared);

  /// How many steps `prepared` can take at most, from admission to end, when nothing is beside it; at least 1. A deadline
  /// is not refused for more steps than these.
  int mostSteps(P prepared);

  /// Takes free slots for an execution. Runs no model.
  ///
  /// @param execution a number that is unique in the process
  void admit(long execution, P prepared);

  /// One unit of work for the active executions: a token each, a denoising step each, one picture each.
  /// Returns those that ended in this step; their slots are free again.
  ///
  /// @throws Exception if the batch failed as a whole. No execution has advanced in a way that a new
  ///     admission of the same request would notice; the lane releases all and tries them apart
  /// @throws OutOfMemoryError as above, because memory did not suffice for so many; the lane tries with fewer slots
  List<Ended<D>> step() throws Exception;

  /// What an active execution made since this was asked last. Asked after a step, for the executions that did not end
  /// in it, and only if somebody listens; so it must not matter to the results whether it is asked.
  ///
  /// @return empty if there is nothing new, and always for a family that has no parts
  default List<PartialResult> takeParts(long execution) {
    return List.of();
  }

  /// Gives up an execution: its slots are free at once. Unknown numbers are ignored.
  void release(long execution);

  /// An execution that ended.
  sealed interface Ended<D> {
    long execution();

    record Finished<D>(long execution, D draft, int steps) implements Ended<D> {}

    /// Ended by its own fault, for example a context that ran over.
    record Failed<D>(long execution, GenerationException cause) implements Ended<D> {}
  }
}
