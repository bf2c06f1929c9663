package dev.penstock.generators.text.template.render;

import static java.util.Map.entry;

import dev.penstock.generators.text.template.syntax.Expression.Comparator;
import dev.penstock.generators.text.template.syntax.Expression.Operator;
import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Comparisons;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Function;
import dev.penstock.generators.text.template.value.Value.Generator;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.None;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The tests behind `is`, by name.
final class Tests {
  @FunctionalInterface
  private interface Test {
    boolean holds(Value input, Arguments arguments, Budget budget);
  }

  private static final Map<String, Test> TESTS = Map.ofEntries(
      entry("defined", asking("defined", value -> !(value instanceof Undefined))),
      entry("undefined", asking("undefined", value -> value instanceof Undefined)),
      entry("none", asking("none", value -> value == None.NONE)),
      entry("boolean", asking("boolean", value -> value instanceof Bool)),
      entry("true", asking("true", value -> value == Bool.TRUE)),
      entry("false", asking("false", value -> value == Bool.FALSE)),
      entry("string", asking("string", value -> value instanceof Text)),
      entry("integer", asking("integer", value -> value instanceof Int)),
      entry("float", asking("float", value -> value instanceof Real)),
      entry("number", asking("number", Tests::isNumber)),
      entry("mapping", asking("mapping", value -> value instanceof Dict)),
      entry("sequence", asking("sequence", Tests::isSequence)),
      entry("iterable", asking("iterable", Tests::isIterable)),
      entry("callable", asking("callable", value -> value instanceof Function || value instanceof Undefined)),
      entry("lower", cased(TextForms::lower, TextForms::upper)),
      entry("upper", cased(TextForms::upper, TextForms::lower)),
      entry("odd", remainder("odd", new Int(2), 1)),
      entry("even", remainder("even", new Int(2), 0)),
      entry("divisibleby", (input, arguments, budget) -> {
        Value divisor = arguments.bind("divisibleby", 1, "num").required("num");
        return leaves(input, divisor, 0, budget);
      }),
      entry("in", (input, arguments, budget) ->
          Comparisons.contains(arguments.bind("in", 1, "seq").required("seq"), input, budget)),
      entry("sameas", (input, arguments, budget) -> input == arguments.bind("sameas", 1, "other").required("other")),
      entry("equalto", comparing(Comparator.EQUAL)),
      entry("eq", comparing(Comparator.EQUAL)),
      entry("==", comparing(Comparator.EQUAL)),
      entry("ne", comparing(Comparator.NOT_EQUAL)),
      entry("!=", comparing(Comparator.NOT_EQUAL)),
      entry("lt", comparing(Comparator.LESS)),
      entry("lessthan", comparing(Comparator.LESS)),
      entry("<", comparing(Comparator.LESS)),
      entry("le", comparing(Comparator.LESS_OR_EQUAL)),
      entry("<=", comparing(Comparator.LESS_OR_EQUAL)),
      entry("gt", comparing(Comparator.GREATER)),
      entry("greaterthan", comparing(Comparator.GREATER)),
      entry(">", comparing(Comparator.GREATER)),
      entry("ge", comparing(Comparator.GREATER_OR_EQUAL)),
      entry(">=", comparing(Comparator.GREATER_OR_EQUAL)));

  private Tests() {}

  static boolean holds(String name, Value input, Arguments arguments, Budget budget) {
    Test test = TESTS.get(name);
    if (test == null) {
      throw ValueError.of("there is no test '%s'; there are %s."
          .formatted(name, String.join(", ", new TreeSet<>(TESTS.keySet()))));
    }
    return test.holds(input, arguments, budget);
  }

  private static Test asking(String name, Predicate<Value> predicate) {
    return (input, arguments, budget) -> {
      arguments.bind(name, 0);
      return predicate.test(input);
    };
  }

  private static Test comparing(Comparator comparator) {
    return (input, arguments, budget) -> Operators.holds(
        comparator, input, arguments.bind(comparator.sign(), 1, "other").required("other"), budget);
  }

  /// Python's `islower` and `isupper`: in that case, and with at least one letter that has case.
  private static Test cased(UnaryOperator<String> asked, UnaryOperator<String> other) {
    return (input, arguments, budget) -> {
      String text = Texts.of(input, budget);
      budget.characters(2L * text.length());
      return text.equals(asked.apply(text)) && !text.equals(other.apply(text));
    };
  }

  private static Test remainder(String name, Value divisor, long rest) {
    return (input, arguments, budget) -> {
      arguments.bind(name, 0);
      return leaves(input, divisor, rest, budget);
    };
  }

  private static boolean leaves(Value number, Value divisor, long rest, Budget budget) {
    if (!isNumber(number)) {
      throw ValueError.of("a value of type %s cannot be divided.".formatted(number.typeName()));
    }
    return Comparisons.equal(Operators.apply(Operator.MODULO, number, divisor, budget), new Int(rest), budget);
  }

  private static boolean isNumber(Value value) {
    return value instanceof Int || value instanceof Real || value instanceof Bool;
  }

  private static boolean isSequence(Value value) {
    return value instanceof Text || value instanceof Dict || value instanceof Undefined
        || value instanceof Listing listing && listing.isIndexed();
  }

  private static boolean isIterable(Value value) {
    return value instanceof Text || value instanceof Dict || value instanceof Undefined || value instanceof Listing
        || value instanceof Generator;
  }
}
