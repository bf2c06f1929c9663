package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Expression.Attribute;
import dev.penstock.generators.text.template.syntax.Expression.Call;
import dev.penstock.generators.text.template.syntax.Expression.CallArguments;
import dev.penstock.generators.text.template.syntax.Expression.DictLiteral;
import dev.penstock.generators.text.template.syntax.Expression.FilterCall;
import dev.penstock.generators.text.template.syntax.Expression.Filtered;
import dev.penstock.generators.text.template.syntax.Expression.ListLiteral;
import dev.penstock.generators.text.template.syntax.Expression.Literal;
import dev.penstock.generators.text.template.syntax.Expression.Name;
import dev.penstock.generators.text.template.syntax.Expression.Slice;
import dev.penstock.generators.text.template.syntax.Expression.Subscript;
import dev.penstock.generators.text.template.syntax.Expression.Test;
import dev.penstock.generators.text.template.syntax.Token.Kind;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.None;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What operators join: literals, names and brackets, with attributes, subscripts, calls, filters and tests behind.
final class OperandParser {
  private static final Set<String> NO_TEST_ARGUMENT = Set.of("else", "or", "and", "is", "if", "in", "not");

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  OperandParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression operand() {
    return withPostfix(primary());
  }

  Expression primary() {
    Token token = tokens.peek();
    Position position = token.position();
    return switch (token.kind()) {
      case NAME -> name(tokens.take());
      case STRING -> string();
      case INTEGER -> new Literal(position, new Int(whole(tokens.take())));
      case REAL -> new Literal(position, new Real(Double.parseDouble(tokens.take().text())));
      case OPERATOR -> switch (token.text()) {
        case "(" -> parentheses();
        case "[" -> new ListLiteral(position, Listing.Kind.LIST, itemsUntil("[", "]"));
        case "{" -> dict();
        default -> throw tokens.unexpected("a value");
      };
      default -> throw tokens.unexpected("a value");
    };
  }

  private Expression name(Token name) {
    return switch (name.text()) {
      case "true", "True" -> new Literal(name.position(), Bool.TRUE);
      case "false", "False" -> new Literal(name.position(), Bool.FALSE);
      case "none", "None" -> new Literal(name.position(), None.NONE);
      default -> {
        tokens.nameRead(name.text());
        yield new Name(name.position(), name.text());
      }
    };
  }

  private Expression string() {
    Token first = tokens.take();
    if (tokens.peek().kind() != Kind.STRING) {
      return new Literal(first.position(), new Text(first.text()));
    }
    StringBuilder text = new StringBuilder(first.text());
    while (tokens.peek().kind() == Kind.STRING) {
      text.append(tokens.take().text());
    }
    return new Literal(first.position(), new Text(text.toString()));
  }

  private long whole(Token token) {
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException tooLarge) {
      throw TemplateException.syntax(token.position(), "this whole number has more than 64 bits.");
    }
  }

  /// One expression in brackets, or a tuple.
  private Expression parentheses() {
    Position position = tokens.take().position();
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    while (!tokens.takeOperator(")")) {
      items.add(expressions.expression());
      comma |= tokens.peek().isOperator(",");
      if (!tokens.takeOperator(",") && !tokens.peek().isOperator(")")) {
        throw tokens.unexpected("',' or ')'");
      }
    }
    return items.size() == 1 && !comma
        ? items.getFirst()
        : new ListLiteral(position, Listing.Kind.TUPLE, items);
  }

  private List<Expression> itemsUntil(String open, String close) {
    tokens.expectOperator(open);
    List<Expression> items = new ArrayList<>();
    while (!tokens.takeOperator(close)) {
      items.add(expressions.expression());
      if (!tokens.takeOperator(",") && !tokens.peek().isOperator(close)) {
        throw tokens.unexpected("',' or '%s'".formatted(close));
      }
    }
    return items;
  }

  private Expression dict() {
    Position position = tokens.take().position();
    List<DictLiteral.Entry> entries = new ArrayList<>();
    while (!tokens.takeOperator("}")) {
      Expression key = expressions.expression();
      tokens.expectOperator(":");
      entries.add(new DictLiteral.Entry(key, expressions.expression()));
      if (!tokens.takeOperator(",") && !tokens.peek().isOperator("}")) {
        throw tokens.unexpected("',' or '}'");
      }
    }
    return new DictLiteral(position, entries);
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
          name.position(), target, new Literal(name.position(), new Int(whole(name))));
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
      case NAME -> !NO_TEST_ARGUMENT.contains(token.text());
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
