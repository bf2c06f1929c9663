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
import dev.penstock.generators.text.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The operators, loosest first: `if else`, `or`, `and`, `not`, comparisons and `in`, `+ -`, `~`, `* / // %`, `**`,
/// sign. As in Jinja, `~` binds closer than `+`, and filters and tests closer than every operator.
final class ExpressionParser {
  private static final Map<String, Comparator> COMPARATORS = Map.of(
      "==", Comparator.EQUAL, "!=", Comparator.NOT_EQUAL, "<", Comparator.LESS, "<=", Comparator.LESS_OR_EQUAL,
      ">", Comparator.GREATER, ">=", Comparator.GREATER_OR_EQUAL);
  private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
  private static final Map<String, Operator> PRODUCTS = Map.of(
      "*", Operator.MULTIPLY, "/", Operator.DIVIDE, "//", Operator.FLOOR_DIVIDE, "%", Operator.MODULO);
  private static final Map<String, Operator> POWERS = Map.of("**", Operator.POWER);

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
    return logic("or", false, this::and);
  }

  /// What stands behind a `|`, once or more.
  List<Expression.FilterCall> filters() {
    return operands.filterCalls();
  }

  Expression operand() {
    return operands.operand();
  }

  private Expression and() {
    return logic("and", true, this::not);
  }

  private Expression logic(String word, boolean all, Supplier<Expression> operand) {
    Position position = tokens.peek().position();
    Expression first = operand.get();
    if (!tokens.peek().isName(word)) {
      return first;
    }
    List<Expression> terms = new ArrayList<>(List.of(first));
    while (tokens.takeName(word)) {
      terms.add(operand.get());
    }
    return new Logic(position, all, terms);
  }

  private Expression not() {
    if (!tokens.peek().isName("not")) {
      return comparison();
    }
    tokens.descend();
    Position position = tokens.take().position();
    Expression operand = not();
    tokens.ascend();
    return new Not(position, operand);
  }

  private Expression comparison() {
    Expression first = sum();
    List<Comparison.Link> links = new ArrayList<>();
    for (Token token = tokens.peek(); ; token = tokens.peek()) {
      Comparator comparator = comparator();
      if (comparator == null) {
        break;
      }
      links.add(new Comparison.Link(token.position(), comparator, sum()));
    }
    return links.isEmpty() ? first : new Comparison(links.getFirst().position(), first, links);
  }

  private @Nullable Comparator comparator() {
    if (tokens.peek().kind() == Kind.OPERATOR && COMPARATORS.containsKey(tokens.peek().text())) {
      return COMPARATORS.get(tokens.take().text());
    }
    if (tokens.takeName("in")) {
      return Comparator.IN;
    }
    if (tokens.peek().isName("not") && tokens.peekSecond().isName("in")) {
      tokens.take();
      tokens.take();
      return Comparator.NOT_IN;
    }
    return null;
  }

  private Expression sum() {
    return chain(SUMS, this::concatenation);
  }

  private Expression concatenation() {
    Position position = tokens.peek().position();
    Expression first = product();
    if (!tokens.peek().isOperator("~")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.takeOperator("~")) {
      parts.add(product());
    }
    return new Concatenation(position, parts);
  }

  private Expression product() {
    return chain(PRODUCTS, this::power);
  }

  private Expression power() {
    return chain(POWERS, () -> sign(true));
  }

  private Expression chain(Map<String, Operator> operators, Supplier<Expression> operand) {
    Expression first = operand.get();
    List<Chain.Link> links = new ArrayList<>();
    while (tokens.peek().kind() == Kind.OPERATOR && operators.containsKey(tokens.peek().text())) {
      Token sign = tokens.take();
      Operator operator = operators.get(sign.text());
      links.add(new Chain.Link(sign.position(), Objects.requireNonNull(operator), operand.get()));
    }
    return links.isEmpty() ? first : new Chain(links.getFirst().position(), first, links);
  }

  /// A signed operand. Filters behind it apply to the signed value: `-1 | abs` is 1.
  private Expression sign(boolean withFilters) {
    Token token = tokens.peek();
    boolean negative = token.isOperator("-");
    if (!negative && !token.isOperator("+")) {
      Expression operand = operands.withPostfix(operands.primary());
      return withFilters ? operands.withFilters(operand) : operand;
    }
    tokens.descend();
    tokens.take();
    Expression signed = new Sign(token.position(), negative, sign(false));
    tokens.ascend();
    signed = operands.withPostfix(signed);
    return withFilters ? operands.withFilters(signed) : signed;
  }
}
