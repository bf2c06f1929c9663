package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What computes a value. Every node knows its place.
public sealed interface Expression {
  Position position();

  record Literal(Position position, Value value) implements Expression {}

  record Name(Position position, String name) implements Expression {}

  /// `[a, b]`, or `(a, b)` if it is a tuple.
  record ListLiteral(Position position, Value.Listing.Kind kind, List<Expression> items) implements Expression {}

  record DictLiteral(Position position, List<Entry> entries) implements Expression {
    public record Entry(Expression key, Expression value) {}
  }

  /// `target.name`
  record Attribute(Position position, Expression target, String name) implements Expression {}

  /// `target[index]`
  record Subscript(Position position, Expression target, Expression index) implements Expression {}

  /// `target[start:stop:step]`; a bound that is left out is the literal none.
  record Slice(Position position, Expression target, Expression start, Expression stop, Expression step)
      implements Expression {}

  record Call(Position position, Expression callee, CallArguments arguments) implements Expression {}

  /// `input | filter`
  record Filtered(Position position, Expression input, FilterCall filter) implements Expression {}

  /// `input is name`
  record Test(Position position, Expression input, String name, CallArguments arguments, boolean negated)
      implements Expression {}

  record Not(Position position, Expression operand) implements Expression {}

  record Sign(Position position, boolean negative, Expression operand) implements Expression {}

  /// Operators of one precedence, from left to right: `first + second - third`.
  record Chain(Position position, Expression first, List<Link> links) implements Expression {
    public record Link(Position position, Operator operator, Expression operand) {}
  }

  /// `first < second <= third`: true if every neighbouring pair is.
  record Comparison(Position position, Expression first, List<Link> links) implements Expression {
    public record Link(Position position, Comparator comparator, Expression operand) {}
  }

  /// `and`, or `or` if it is not all that must be true; the value is that of the operand that decided.
  record Logic(Position position, boolean all, List<Expression> operands) implements Expression {}

  /// `a ~ b`
  record Concatenation(Position position, List<Expression> parts) implements Expression {}

  /// `then if condition else otherwise`
  record Conditional(Position position, Expression condition, Expression then, @Nullable Expression otherwise)
      implements Expression {}

  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    MODULO("%"),
    POWER("**");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  enum Comparator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("not in");

    private final String sign;

    Comparator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /// `name(arguments)` behind a `|`.
  record FilterCall(Position position, String name, CallArguments arguments) {}

  /// What stands between the brackets of a call.
  ///
  /// @param list what follows a `*`
  /// @param mapping what follows a `**`
  record CallArguments(
      List<Expression> positional, List<Named> named, @Nullable Expression list, @Nullable Expression mapping) {
    public static final CallArguments NONE = new CallArguments(List.of(), List.of(), null, null);

    public record Named(String name, Expression value) {}
  }
}
