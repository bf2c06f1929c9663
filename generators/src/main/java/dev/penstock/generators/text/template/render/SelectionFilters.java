package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Generator;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filters that take a test, a filter or an attribute to each element. As Jinja's they give a generator, and take none
/// and everything else that counts as false for an empty list.
final class SelectionFilters {
  private SelectionFilters() {}

  static Value select(Value input, Arguments arguments, Budget budget) {
    return choose("select", input, null, arguments.positional(), arguments, true, budget);
  }

  static Value reject(Value input, Arguments arguments, Budget budget) {
    return choose("reject", input, null, arguments.positional(), arguments, false, budget);
  }

  static Value selectAttribute(Value input, Arguments arguments, Budget budget) {
    return chooseByAttribute("selectattr", input, arguments, true, budget);
  }

  static Value rejectAttribute(Value input, Arguments arguments, Budget budget) {
    return chooseByAttribute("rejectattr", input, arguments, false, budget);
  }

  private static Value chooseByAttribute(
      String filter, Value input, Arguments arguments, boolean wanted, Budget budget) {
    List<Value> positional = arguments.positional();
    if (positional.isEmpty()) {
      throw ValueError.of("'%s' needs the name of an attribute.".formatted(filter));
    }
    List<Value> rest = positional.subList(1, positional.size());
    return choose(filter, input, positional.getFirst(), rest, arguments, wanted, budget);
  }

  /// @param test the name of a test and its arguments; empty for whether the element counts as true
  private static Value choose(String filter, Value input, @Nullable Value attribute, List<Value> test,
      Arguments arguments, boolean wanted, Budget budget) {
    String name = test.isEmpty() ? null : name(filter, "test", test.getFirst());
    Arguments rest = new Arguments(test.isEmpty() ? test : test.subList(1, test.size()), arguments.named());
    List<Value> chosen = new ArrayList<>();
    for (Value item : elements(input, budget)) {
      Value tested = part(item, attribute, budget);
      boolean holds = name == null ? tested.isTrue() : Tests.holds(name, tested, rest, budget);
      if (holds == wanted) {
        chosen.add(item);
      }
    }
    return new Generator(chosen);
  }

  static Value map(Value input, Arguments arguments, Budget budget) {
    List<Value> mapped = new ArrayList<>();
    Value attribute = arguments.named().get("attribute");
    if (arguments.positional().isEmpty() && attribute != null) {
      Map<String, Value> named = new LinkedHashMap<>(arguments.named());
      named.remove("attribute");
      Value otherwise = new Arguments(List.of(), named).bind("map", 0, "default").optional("default");
      for (Value item : elements(input, budget)) {
        Value part = part(item, attribute, budget);
        mapped.add(part instanceof Undefined && otherwise != null ? otherwise : part);
      }
      return new Generator(mapped);
    }
    if (arguments.positional().isEmpty()) {
      throw ValueError.of("'map' needs the name of a filter, or an attribute.");
    }
    String filter = name("map", "filter", arguments.positional().getFirst());
    Arguments rest = new Arguments(
        arguments.positional().subList(1, arguments.positional().size()), arguments.named());
    for (Value item : elements(input, budget)) {
      mapped.add(Filters.apply(filter, item, rest, budget));
    }
    return new Generator(mapped);
  }

  private static List<Value> elements(Value input, Budget budget) {
    return input.isTrue() ? Sequences.walk(input, budget) : List.of();
  }

  /// The attribute of `item` that a filter was told: a number, a name, or a path such as `function.name`.
  static Value part(Value item, @Nullable Value attribute, Budget budget) {
    return switch (attribute) {
      case null -> item;
      case Value.None _ -> item;
      case Int number -> Attributes.at(item, number, budget);
      case Text(String path) -> {
        Value part = item;
        for (String step : path.split("\\.", -1)) {
          boolean numbered = !step.isEmpty() && step.length() < 10 && step.chars().allMatch(Character::isDigit);
          part = Attributes.at(part, numbered ? new Int(Integer.parseInt(step)) : new Text(step), budget);
        }
        yield part;
      }
      case Value other -> throw ValueError.of(
          "an attribute is named by a str or an int, not by %s.".formatted(Sequences.describe(other)));
    };
  }

  private static String name(String filter, String what, Value value) {
    if (value instanceof Text(String name)) {
      return name;
    }
    throw ValueError.of("'%s' takes the name of a %s, not %s.".formatted(filter, what, Sequences.describe(value)));
  }
}
