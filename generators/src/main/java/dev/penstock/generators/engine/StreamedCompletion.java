package dev.penstock.generators.engine;

import dev.penstock.generators.PartialResult;
import java.util.UUID;

/// A completion that is also told what there is of the result on the way. Whoever submits with one of these pays for
/// the parts; others cost nothing.
///
/// **Order.** For one submission the calls come one after another, each sees what the one before did, and all of them
/// come before the last stage of the plan begins, so before `completed` or `failed` as well. What an execution makes
/// in its last step is not told as a part: the result has it.
///
/// **Executions.** Each time a request takes slots, that is a new execution with a new random id. If its batch fails
/// and it runs again, the parts begin anew under another id, and those of the id before lead to nothing. The id that
/// [dev.penstock.generators.GenerationResult#executionId] names is the one whose parts are those of the result; for a
/// submission that fails there is none.
public interface StreamedCompletion<T> extends Completion<T> {

  /// A part of the result. On a plan thread, which other requests wait for: take the part and return. If this throws,
  /// the submission's later parts are not told; the result is not affected.
  ///
  /// @param part follows the last one of the same execution without a gap; may hold what several steps made
  void progressed(UUID executionId, PartialResult part);
}
