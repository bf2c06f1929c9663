package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.syntax.Statement.Target;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Namespace;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.List;

/// Puts values where `set` and `for` say.
final class Assignments {
  private Assignments() {}

  static void assign(Target target, Value value, Scope scope, Budget budget) {
    switch (target) {
      case Target.NameTarget(_, String name) -> scope.set(name, value);
      case Target.NamespaceTarget(_, String name, String attribute) -> {
        if (!(scope.get(name) instanceof Namespace namespace)) {
          throw ValueError.of("'%s' is no namespace, so its attributes cannot be set.".formatted(name));
        }
        namespace.set(attribute, value);
      }
      case Target.TupleTarget(_, List<Target> targets) -> {
        List<Value> items = Sequences.walk(value, budget);
        if (items.size() != targets.size()) {
          throw ValueError.of("%d values do not fit %d names.".formatted(items.size(), targets.size()));
        }
        for (int i = 0; i < items.size(); i++) {
          assign(targets.get(i), items.get(i), scope, budget);
        }
      }
    }
  }
}
