package dev.penstock.generators.text.template.render;

import static java.util.Map.entry;

import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Numbers;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// The filters by name, with Jinja's arguments. `safe` changes nothing: Jinja would escape HTML in whatever is later
/// added to such a text, which a prompt does not want.
final class Filters {
  @FunctionalInterface
  interface Filter {
    Value apply(Value input, Arguments arguments, Budget budget);
  }

  private static final Map<String, Filter> FILTERS = Map.ofEntries(
      entry("abs", Filters::magnitude),
      entry("capitalize", changing("capitalize", TextForms::capitalize)),
      entry("count", Filters::length),
      entry("d", Filters::otherwise),
      entry("default", Filters::otherwise),
      entry("dictsort", ListFilters::dictSort),
      entry("first", ListFilters::first),
      entry("float", Filters::real),
      entry("indent", TextFilters::indent),
      entry("int", Filters::whole),
      entry("items", ListFilters::items),
      entry("join", ListFilters::join),
      entry("last", ListFilters::last),
      entry("length", Filters::length),
      entry("list", ListFilters::list),
      entry("lower", changing("lower", TextForms::lower)),
      entry("map", SelectionFilters::map),
      entry("max", (input, arguments, budget) -> ListFilters.extreme("max", 1, input, arguments, budget)),
      entry("min", (input, arguments, budget) -> ListFilters.extreme("min", -1, input, arguments, budget)),
      entry("reject", SelectionFilters::reject),
      entry("rejectattr", SelectionFilters::rejectAttribute),
      entry("replace", TextFilters::replace),
      entry("reverse", ListFilters::reverse),
      entry("safe", changing("safe", UnaryOperator.identity())),
      entry("select", SelectionFilters::select),
      entry("selectattr", SelectionFilters::selectAttribute),
      entry("sort", ListFilters::sort),
      entry("string", changing("string", UnaryOperator.identity())),
      entry("sum", ListFilters::sum),
      entry("title", TextFilters::title),
      entry("tojson", TextFilters::toJson),
      entry("trim", TextFilters::trim),
      entry("unique", ListFilters::unique),
      entry("upper", changing("upper", TextForms::upper)));

  private Filters() {}

  static Value apply(String name, Value input, Arguments arguments, Budget budget) {
    Filter filter = FILTERS.get(name);
    if (filter == null) {
      throw ValueError.of("there is no filter '%s'; there are %s."
          .formatted(name, String.join(", ", new TreeSet<>(FILTERS.keySet()))));
    }
    return filter.apply(input, arguments, budget);
  }

  private static Filter changing(String name, UnaryOperator<String> change) {
    return (input, arguments, budget) -> {
      arguments.bind(name, 0);
      String text = Texts.of(input, budget);
      budget.characters(text.length());
      return new Text(change.apply(text));
    };
  }

  private static Value length(Value input, Arguments arguments, Budget budget) {
    arguments.bind("length", 0);
    return new Int(Sequences.length(input, budget));
  }

  private static Value otherwise(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("default", 0, "default_value", "boolean");
    boolean replaced = input instanceof Undefined || bound.flag("boolean") && !input.isTrue();
    Value otherwise = bound.optional("default_value");
    return !replaced ? input : otherwise != null ? otherwise : Text.EMPTY;
  }

  private static Value whole(Value input, Arguments arguments, Budget budget) {
    Value otherwise = arguments.bind("int", 0, "default").optional("default");
    Value number = Numbers.whole(defined(input), budget);
    return number != null ? number : otherwise != null ? otherwise : new Int(0);
  }

  private static Value real(Value input, Arguments arguments, Budget budget) {
    Value otherwise = arguments.bind("float", 0, "default").optional("default");
    Value number = Numbers.real(defined(input), budget);
    return number != null ? number : otherwise != null ? otherwise : new Real(0);
  }

  private static Value magnitude(Value input, Arguments arguments, Budget budget) {
    arguments.bind("abs", 0);
    return switch (input) {
      case Real(double number) -> new Real(Math.abs(number));
      case Int(long number) when number != Long.MIN_VALUE -> new Int(Math.abs(number));
      case Value.Bool flag -> new Int(flag.isTrue() ? 1 : 0);
      case Value other -> throw ValueError.of("%s has no magnitude.".formatted(Sequences.describe(other)));
    };
  }

  private static Value defined(Value input) {
    if (input instanceof Undefined(String description)) {
      throw ValueError.of("%s is undefined, so it is no number.".formatted(description));
    }
    return input;
  }
}
