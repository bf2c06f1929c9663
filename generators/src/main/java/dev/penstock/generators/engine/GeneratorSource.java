package dev.penstock.generators.engine;

import dev.penstock.generators.Generator;

/// A model version that the engine loads when somebody asks for it, and may close and load again.
///
/// @param <P> a prepared request
/// @param <D> what the lane leaves behind
public interface GeneratorSource<P, D> {

  /// For people, for example `tiny-copywriter@1.0.0`.
  String name();

  /// The slots its stepper has once it is loaded.
  int slots();

  /// How much memory it takes while it is loaded, about.
  long bytes();

  /// Loads it and warms it, so that its first request runs at the usual pace. Runs on the model's lane thread and may
  /// take as long as it takes; steps of other models go on meanwhile.
  ///
  /// @return closed by the engine
  /// @throws RuntimeException if it cannot be loaded: the requests that wait for it are `MODEL_NOT_LOADED`, and the next
  ///     one tries again
  Generator<P, D> open();
}
