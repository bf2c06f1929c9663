package dev.penstock.generators.text.template.syntax;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names that a template reads and does not set itself, in the order of their first use: what it expects from
/// outside, and functions among them. Every node is a record, so one walk over record components sees all of them.
public final class FreeNames {
  private final Set<String> read = new LinkedHashSet<>();
  private final Set<String> set = new LinkedHashSet<>(Set.of("loop", "caller", "varargs", "kwargs"));

  private FreeNames() {}

  public static Set<String> of(List<Statement> template) {
    FreeNames names = new FreeNames();
    names.walk(template);
    names.read.removeAll(names.set);
    return names.read;
  }

  private void walk(@Nullable Object node) {
    switch (node) {
      case Expression.Name(_, String name) -> read.add(name);
      case Expression.Literal literal -> {
        // A value holds no nodes.
      }
      case Statement.Target.NameTarget(_, String name) -> set.add(name);
      case List<?> list -> list.forEach(this::walk);
      case Record parent -> {
        if (parent instanceof Statement.Macro macro) set.add(macro.name());
        if (parent instanceof Statement.Procedure.Parameter parameter) set.add(parameter.name());
        for (RecordComponent component : parent.getClass().getRecordComponents()) walk(value(parent, component));
      }
      case null, default -> {
        // A text, a number or an enum constant holds no nodes.
      }
    }
  }

  private static @Nullable Object value(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the nodes of a template are public records", e);
    }
  }
}
