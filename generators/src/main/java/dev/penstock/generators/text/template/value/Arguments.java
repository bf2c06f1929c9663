package dev.penstock.generators.text.template.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of one call: first those by position, then those by name.
public record Arguments(List<Value> positional, Map<String, Value> named) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  public Arguments {
    positional = List.copyOf(positional);
    named = new LinkedHashMap<>(named);
  }

  /// Puts each argument under the parameter that it is for. The first `required` parameters must be there.
  ///
  /// @throws ValueError naming the callee, for too many, too few or unknown arguments
  public Bound bind(String callee, int required, String... parameters) {
    if (positional.size() > parameters.length) {
      throw ValueError.arguments(
          callee, "takes at most %d arguments, not %d".formatted(parameters.length, positional.size()));
    }
    List<@Nullable Value> values = new ArrayList<>(positional);
    while (values.size() < parameters.length) {
      values.add(null);
    }
    List<String> names = List.of(parameters);
    named.forEach((name, value) -> {
      int index = names.indexOf(name);
      if (index < 0) {
        throw ValueError.arguments(callee, "has no argument '%s'".formatted(name));
      }
      if (values.set(index, value) != null) {
        throw ValueError.arguments(callee, "has two values for its argument '%s'".formatted(name));
      }
    });
    for (int i = 0; i < required; i++) {
      if (values.get(i) == null) {
        throw ValueError.arguments(callee, "needs its argument '%s'".formatted(parameters[i]));
      }
    }
    return new Bound(callee, names, values);
  }

  /// Arguments under their parameters' names.
  public record Bound(String callee, List<String> names, List<@Nullable Value> values) {
    public @Nullable Value optional(String name) {
      return values.get(names.indexOf(name));
    }

    public Value required(String name) {
      Value value = optional(name);
      if (value == null) {
        throw ValueError.arguments(callee, "needs its argument '%s'".formatted(name));
      }
      return value;
    }

    public boolean flag(String name) {
      Value value = optional(name);
      return value != null && value.isTrue();
    }

    public String text(String name) {
      return switch (required(name)) {
        case Value.Text(String text) -> text;
        case Value other -> throw wrongKind(name, "a str", other);
      };
    }

    /// The text, or null where the argument is left out or none.
    public @Nullable String textOrNull(String name) {
      Value value = optional(name);
      return value == null || value == Value.None.NONE ? null : text(name);
    }

    /// The whole number, or `otherwise` where the argument is left out or none.
    public int integer(String name, int otherwise) {
      Value value = optional(name);
      return switch (value) {
        case null -> otherwise;
        case Value.None _ -> otherwise;
        case Value.Bool flag -> flag.isTrue() ? 1 : 0;
        case Value.Int(long number) when number == (int) number -> (int) number;
        case Value other -> throw wrongKind(name, "an int of 32 bits", other);
      };
    }

    private ValueError wrongKind(String name, String expected, Value actual) {
      return ValueError.arguments(
          callee, "takes %s for its argument '%s', not %s".formatted(expected, name, actual.typeName()));
    }
  }
}
