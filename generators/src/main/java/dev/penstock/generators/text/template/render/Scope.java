package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that a piece of template sees: its own, then those around it. What a loop body, a macro, a call block or
/// a generation block sets is gone after it; `if` opens no scope.
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> values = new HashMap<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  Scope inner() {
    return new Scope(this);
  }

  Value get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return Value.Undefined.named(name);
  }

  void set(String name, Value value) {
    values.put(name, value);
  }
}
