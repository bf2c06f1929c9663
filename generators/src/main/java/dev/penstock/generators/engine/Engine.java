package dev.penstock.generators.engine;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;

/// Runs requests on loaded models. Process-wide; every method may be called by any thread and none blocks on
/// a generation.
public interface Engine {

  /// Queues a request for the model with this digest. The plan is: prepare, lane, complete, `last`; then exactly
  /// one call of `completion`. Order: priority, then deadline, then tenant (who had least of the model's slots and steps
  /// lately), then arrival.
  ///
  /// A request whose deadline passes before its last stage begins fails as `Expired` and costs no further step; one
  /// whose deadline cannot be met, by the step times and request lengths measured lately and the requests before it, is
  /// `Rejected` as `DEADLINE_UNREACHABLE` when it arrives or at the latest before its first step. What is unfinished when the engine stops is never completed.
  ///
  /// A [StreamedCompletion] is told partial results on the way.
  ///
  /// @param modelDigest a model that [#serves]; an unknown one fails the request
  /// @return a handle to take the request back
  <T> Ticket submit(
      String modelDigest,
      GenerationRequest request,
      PlanStage<GenerationResult, T> last,
      Completion<T> completion);

  boolean serves(String modelDigest);

  /// Requests submitted and not completed.
  int inFlight();

  /// A submitted request.
  interface Ticket {

    /// Takes the request back: it frees its slots at the next step and fails as `Cancelled`. No effect once
    /// it completed.
    void cancel();
  }
}
