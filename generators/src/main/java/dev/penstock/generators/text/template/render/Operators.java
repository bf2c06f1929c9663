package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.syntax.Expression.Comparator;
import dev.penstock.generators.text.template.syntax.Expression.Operator;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Comparisons;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.ArrayList;
import java.util.List;

/// Arithmetic and comparison as Python has them: true is 1, `/` gives a float, `//` and `%` round down, text and
/// lists can be added and repeated.
final class Operators {
  private Operators() {}

  static Value apply(Operator operator, Value left, Value right, Budget budget) {
    if (operator == Operator.ADD && left instanceof Text(String text) && right instanceof Text(String other)) {
      budget.characters((long) text.length() + other.length());
      return new Text(text + other);
    }
    if (operator == Operator.ADD && left instanceof Listing list && right instanceof Listing other
        && list.kind() == other.kind() && list.kind() != Listing.Kind.RANGE && list.isIndexed()) {
      budget.elements((long) list.items().size() + other.items().size());
      List<Value> items = new ArrayList<>(list.items());
      items.addAll(other.items());
      return new Listing(list.kind(), items);
    }
    if (operator == Operator.MULTIPLY && whole(right) instanceof Int(long times) && isRepeatable(left)) {
      return repeat(left, times, budget);
    }
    if (operator == Operator.MULTIPLY && whole(left) instanceof Int(long times) && isRepeatable(right)) {
      return repeat(right, times, budget);
    }
    return calculate(operator, left, right);
  }

  private static boolean isRepeatable(Value value) {
    return value instanceof Text || value instanceof Listing list
        && (list.kind() == Listing.Kind.LIST || list.kind() == Listing.Kind.TUPLE);
  }

  private static Value repeat(Value value, long times, Budget budget) {
    long count = Math.clamp(times, 0, Integer.MAX_VALUE);
    if (value instanceof Text(String text)) {
      budget.characters(text.length() * count);
      return new Text(text.isEmpty() ? text : text.repeat((int) count));
    }
    Listing list = (Listing) value;
    budget.elements(list.items().size() * count);
    List<Value> items = new ArrayList<>();
    for (long i = 0; i < count && !list.items().isEmpty(); i++) {
      items.addAll(list.items());
    }
    return new Listing(list.kind(), items);
  }

  private static Value calculate(Operator operator, Value left, Value right) {
    if (whole(left) instanceof Int(long first) && whole(right) instanceof Int(long second)) {
      try {
        return whole(operator, first, second);
      } catch (ArithmeticException overflow) {
        throw ValueError.of(second == 0 && operator != Operator.POWER
            ? "division by zero."
            : "the result of '%s' has more than 64 bits.".formatted(operator.sign()));
      }
    }
    if (isNumber(left) && isNumber(right)) {
      return new Real(real(operator, number(left), number(right)));
    }
    throw ValueError.of("'%s' does not take %s and %s.".formatted(
        operator.sign(), Sequences.describe(left), Sequences.describe(right)));
  }

  private static Value whole(Operator operator, long left, long right) {
    return switch (operator) {
      case ADD -> new Int(Math.addExact(left, right));
      case SUBTRACT -> new Int(Math.subtractExact(left, right));
      case MULTIPLY -> new Int(Math.multiplyExact(left, right));
      case FLOOR_DIVIDE -> new Int(Math.floorDivExact(left, right));
      case MODULO -> new Int(Math.floorMod(left, right));
      case POWER -> right < 0 ? new Real(real(operator, left, right)) : new Int(power(left, right));
      case DIVIDE -> new Real(real(operator, left, right));
    };
  }

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = Math.multiplyExact(result, square);
      }
      if (rest > 1 && (square > 1 || square < -1)) {
        square = Math.multiplyExact(square, square);
      } else if (rest > 1) {
        square *= square;
      }
    }
    return result;
  }

  private static double real(Operator operator, double left, double right) {
    boolean divides = operator == Operator.DIVIDE || operator == Operator.FLOOR_DIVIDE || operator == Operator.MODULO;
    if (right == 0 && divides || left == 0 && right < 0 && operator == Operator.POWER) {
      throw ValueError.of("division by zero.");
    }
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case FLOOR_DIVIDE -> Math.floor(left / right);
      case MODULO -> {
        double rest = left % right;
        yield rest != 0 && rest < 0 != right < 0 ? rest + right : rest;
      }
      case POWER -> Math.pow(left, right);
    };
  }

  static Value sign(boolean negative, Value operand) {
    if (whole(operand) instanceof Int(long number) && number != Long.MIN_VALUE) {
      return new Int(negative ? -number : number);
    }
    if (operand instanceof Real(double number)) {
      return new Real(negative ? -number : number);
    }
    throw ValueError.of("%s has no sign.".formatted(Sequences.describe(operand)));
  }

  static boolean holds(Comparator comparator, Value left, Value right, Budget budget) {
    return switch (comparator) {
      case EQUAL -> Comparisons.equal(left, right, budget);
      case NOT_EQUAL -> !Comparisons.equal(left, right, budget);
      case LESS -> Comparisons.compare(left, right, budget) < 0;
      case LESS_OR_EQUAL -> Comparisons.compare(left, right, budget) <= 0;
      case GREATER -> Comparisons.compare(left, right, budget) > 0;
      case GREATER_OR_EQUAL -> Comparisons.compare(left, right, budget) >= 0;
      case IN -> Comparisons.contains(right, left, budget);
      case NOT_IN -> !Comparisons.contains(right, left, budget);
    };
  }

  private static Value whole(Value value) {
    return value instanceof Bool flag ? new Int(flag.isTrue() ? 1 : 0) : value;
  }

  private static boolean isNumber(Value value) {
    return value instanceof Int || value instanceof Real || value instanceof Bool;
  }

  private static double number(Value value) {
    return switch (value) {
      case Int(long number) -> number;
      case Real(double number) -> number;
      case Value other -> other.isTrue() ? 1 : 0;
    };
  }
}
