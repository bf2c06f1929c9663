package dev.penstock.generators.engine.lane;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.engine.Completion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A completion that remembers every call.
final class Recorded<T> implements Completion<T> {

  final List<T> values = new CopyOnWriteArrayList<>();
  final List<GenerationException> failures = new CopyOnWriteArrayList<>();

  @Override
  public void completed(T value) {
    values.add(value);
  }

  @Override
  public void failed(GenerationException cause) {
    failures.add(cause);
  }

  int calls() {
    return values.size() + failures.size();
  }

  /// The reason it failed for; fails if it did not fail exactly once.
  String reason() {
    if (calls() != 1 || failures.isEmpty()) throw new AssertionError(values + " " + failures);
    return failures.getFirst().reason();
  }
}
