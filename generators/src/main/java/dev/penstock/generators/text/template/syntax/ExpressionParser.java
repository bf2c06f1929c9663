package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Expression.Chain;
import dev.penstock.generators.text.template.syntax.Expression.Comparator;
import dev.penstock.generators.text.template.syntax.Expression.Comparison;
import dev.penstock.generators.text.template.syntax.Expression.Concatenation;
import dev.penstock.generators.text.template.syntax.Expression.Conditional;
import dev.penstock.generators.text.template.syntax.Expression.Logic;
import dev.penstock.generators.text.template.syntax.Expression.Not;
import dev.penstock.generators.text.template.syntax.Expression.Operator;
import dev.penstock.generators.text.template.syntax.Expression.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The operators, by precedence climbing, which needs few stack frames a bracket. As in Jinja, `~` binds closer than
/// `+`, `**` goes from left to right, and filters and tests bind closer than every operator.
final class ExpressionParser {
  /// How close operators bind, loosest first.
  private enum Level {
    OR,
    AND,
    NOT,
    COMPARISON,
    SUM,
    CONCATENATION,
    PRODUCT,
    POWER,
    SIGN;

    Level closer() {
      return values()[ordinal() + 1];
    }
  }

  private static final Map<String, Comparator> COMPARATORS = Map.of(
      "==", Comparator.EQUAL, "!=", Comparator.NOT_EQUAL, "<", Comparator.LESS, "<=", Comparator.LESS_OR_EQUAL,
      ">", Comparator.GREATER, ">=", Comparator.GREATER_OR_EQUAL);

  private final TokenStream tokens;
  private final OperandParser operands;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens, this);
  }

  Expression expression() {
    tokens.descend();
    Expression then = or();
    while (tokens.peek().isName("if")) {
      Position position = tokens.take().position();
      Expression condition = or();
      Expression otherwise = tokens.takeName("else") ? expression() : null;
      then = new Conditional(position, condition, then, otherwise);
    }
    tokens.ascend();
    return then;
  }

  /// An expression without `if else` outside brackets, as the list of a loop is.
  Expression or() {
    return climb(Level.OR);
  }

  /// What stands behind a `|`, once or more.
  List<Expression.FilterCall> filters() {
    return operands.filterCalls();
  }

  Expression operand() {
    return operands.operand();
  }

  /// Operands with all operators that bind at least as close as `loosest`.
  private Expression climb(Level loosest) {
    Expression left = tokens.peek().isName("not") && loosest.compareTo(Level.NOT) <= 0 ? not() : sign(true);
    for (Level next = ahead(); next != null && next.compareTo(loosest) >= 0; next = ahead()) {
      left = switch (next) {
        case OR, AND -> logic(left, next);
        case COMPARISON -> comparison(left);
        case CONCATENATION -> concatenation(left);
        case SUM, PRODUCT, POWER -> chain(left, next);
        case NOT, SIGN -> throw new AssertionError("stands before its operand");
      };
    }
    return left;
  }

  /// The level of the operator that comes next, or null if none does.
  private @Nullable Level ahead() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> switch (token.text()) {
        case "or" -> Level.OR;
        case "and" -> Level.AND;
        case "in" -> Level.COMPARISON;
        case "not" -> tokens.peekSecond().isName("in") ? Level.COMPARISON : null;
        default -> null;
      };
      case OPERATOR -> switch (token.text()) {
        case "+", "-" -> Level.SUM;
        case "~" -> Level.CONCATENATION;
        case "*", "/", "//", "%" -> Level.PRODUCT;
        case "**" -> Level.POWER;
        default -> COMPARATORS.containsKey(token.text()) ? Level.COMPARISON : null;
      };
      default -> null;
    };
  }

  private Expression logic(Expression first, Level level) {
    Position position = tokens.peek().position();
    List<Expression> terms = new ArrayList<>(List.of(first));
    while (ahead() == level) {
      tokens.take();
      terms.add(climb(level.closer()));
    }
    return new Logic(position, level == Level.AND, terms);
  }

  private Expression not() {
    tokens.descend();
    Position position = tokens.take().position();
    Expression operand = climb(Level.NOT);
    tokens.ascend();
    return new Not(position, operand);
  }

  private Expression comparison(Expression first) {
    Position position = tokens.peek().position();
    List<Comparison.Link> links = new ArrayList<>();
    while (ahead() == Level.COMPARISON) {
      Token sign = tokens.take();
      Comparator comparator = switch (sign.text()) {
        case "in" -> Comparator.IN;
        case "not" -> {
          tokens.take();
          yield Comparator.NOT_IN;
        }
        default -> Objects.requireNonNull(COMPARATORS.get(sign.text()));
      };
      links.add(new Comparison.Link(sign.position(), comparator, climb(Level.SUM)));
    }
    return new Comparison(position, first, links);
  }

  private Expression concatenation(Expression first) {
    Position position = tokens.peek().position();
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.takeOperator("~")) {
      parts.add(climb(Level.PRODUCT));
    }
    return new Concatenation(position, parts);
  }

  private Expression chain(Expression first, Level level) {
    Position position = tokens.peek().position();
    List<Chain.Link> links = new ArrayList<>();
    while (ahead() == level) {
      Token sign = tokens.take();
      Operator operator = switch (sign.text()) {
        case "+" -> Operator.ADD;
        case "-" -> Operator.SUBTRACT;
        case "*" -> Operator.MULTIPLY;
        case "/" -> Operator.DIVIDE;
        case "//" -> Operator.FLOOR_DIVIDE;
        case "%" -> Operator.MODULO;
        default -> Operator.POWER;
      };
      links.add(new Chain.Link(sign.position(), operator, climb(level.closer())));
    }
    return new Chain(position, first, links);
  }

  /// A signed operand. Filters behind it apply to the signed value: `-1 | abs` is 1.
  private Expression sign(boolean withFilters) {
    Token token = tokens.peek();
    boolean negative = token.isOperator("-");
    Expression operand;
    if (negative || token.isOperator("+")) {
      tokens.descend();
      tokens.take();
      operand = operands.withPostfix(new Sign(token.position(), negative, sign(false)));
      tokens.ascend();
    } else {
      operand = operands.operand();
    }
    return withFilters ? operands.withFilters(operand) : operand;
  }
}
