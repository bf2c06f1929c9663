package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Expression.Attribute;
import dev.penstock.generators.text.template.syntax.Expression.Call;
import dev.penstock.generators.text.template.syntax.Expression.CallArguments;
import dev.penstock.generators.text.template.syntax.Expression.FilterCall;
import dev.penstock.generators.text.template.syntax.Expression.Filtered;
import dev.penstock.generators.text.template.syntax.Expression.Literal;
import dev.penstock.generators.text.template.syntax.Expression.Slice;
import dev.penstock.generators.text.template.syntax.Expression.Subscript;
import dev.penstock.generators.text.template.syntax.Expression.Test;
import dev.penstock.generators.text.template.syntax.Token.Kind;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.None;
import java.util.ArrayList;
import java.util.List;

/// What operators join: a literal, name or bracket, with attributes, subscripts, calls, filters and tests behind it.
final class OperandParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final PrimaryParser primaries;

  OperandParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.primaries = new PrimaryParser(tokens, expressions);
  }

  Expression operand() {
    return withPostfix(primaries.primary());
  }

  Expression withPostfix(Expression operand) {
    Expression result = operand;
    while (true) {
      Token token = tokens.peek();
      if (token.isOperator(".")) {
        result = attribute(result);
      } else if (token.isOperator("[")) {
        result = subscript(result);
      } else if (token.isOperator("(")) {
        result = new Call(token.position(), result, callArguments());
      } else {
        return result;
      }
    }
  }

  private Expression attribute(Expression target) {
    tokens.take();
    Token name = tokens.take();
    return switch (name.kind()) {
      case NAME -> new Attribute(name.position(), target, name.text());
      case INTEGER -> new Subscript(
          name.position(), target, new Literal(name.position(), new Int(primaries.whole(name))));
      default -> throw TemplateException.syntax(
          name.position(), "expected a name behind '.' but found %s.".formatted(name.shown()));
    };
  }

  private Expression subscript(Expression target) {
    Position position = tokens.take().position();
    Expression start = bound();
    if (tokens.takeOperator("]")) {
      return new Subscript(position, target, start);
    }
    tokens.expectOperator(":");
    Expression stop = bound();
    Expression step = tokens.takeOperator(":") ? bound() : new Literal(position, None.NONE);
    tokens.expectOperator("]");
    return new Slice(position, target, start, stop, step);
  }

  private Expression bound() {
    Token token = tokens.peek();
    if (token.isOperator(":")) {
      return new Literal(token.position(), None.NONE);
    }
    return token.isOperator("]") ? new Literal(token.position(), None.NONE) : expressions.expression();
  }

  Expression withFilters(Expression operand) {
    Expression result = operand;
    while (true) {
      Token token = tokens.peek();
      if (token.isOperator("|")) {
        tokens.take();
        result = new Filtered(token.position(), result, filterCall());
      } else if (token.isName("is")) {
        result = test(result);
      } else if (token.isOperator("(")) {
        result = new Call(token.position(), result, callArguments());
      } else {
        return result;
      }
    }
  }

  List<FilterCall> filterCalls() {
    List<FilterCall> filters = new ArrayList<>();
    do {
      filters.add(filterCall());
    } while (tokens.takeOperator("|"));
    return filters;
  }

  private FilterCall filterCall() {
    Token name = tokens.expect(Kind.NAME, "the name of a filter");
    return new FilterCall(
        name.position(), name.text(), tokens.peek().isOperator("(") ? callArguments() : CallArguments.NONE);
  }

  private Expression test(Expression input) {
    Position position = tokens.take().position();
    boolean negated = tokens.takeName("not");
    String name = tokens.expect(Kind.NAME, "the name of a test").text();
    CallArguments arguments = CallArguments.NONE;
    if (tokens.peek().isOperator("(")) {
      arguments = callArguments();
    } else if (startsTestArgument(tokens.peek())) {
      arguments = new CallArguments(List.of(operand()), List.of(), null, null);
    }
    return new Test(position, input, name, arguments, negated);
  }

  private static boolean startsTestArgument(Token token) {
    return switch (token.kind()) {
      case STRING, INTEGER, REAL -> true;
      case NAME -> !PrimaryParser.isReserved(token.text());
      default -> token.isOperator("[") || token.isOperator("{");
    };
  }

  private CallArguments callArguments() {
    tokens.descend();
    CallArguments arguments = new CallArgumentsParser(tokens, expressions).parse();
    tokens.ascend();
    return arguments;
  }
}
