package dev.penstock.generators.engine;

import dev.penstock.generators.GenerationException;

/// How a submitted request ended. Called exactly once for each submission, on an engine thread; must not block.
/// A [StreamedCompletion] is told partial results before.
///
/// @param <T> what the last stage made
public interface Completion<T> {

  void completed(T value);

  void failed(GenerationException cause);
}
