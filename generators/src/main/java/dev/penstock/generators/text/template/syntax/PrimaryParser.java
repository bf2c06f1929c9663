package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Expression.DictLiteral;
import dev.penstock.generators.text.template.syntax.Expression.ListLiteral;
import dev.penstock.generators.text.template.syntax.Expression.Literal;
import dev.penstock.generators.text.template.syntax.Expression.Name;
import dev.penstock.generators.text.template.syntax.Token.Kind;
import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.None;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Literals, names, and what stands in brackets.
final class PrimaryParser {
  /// Words that are never names of values.
  private static final Set<String> RESERVED = Set.of("else", "or", "and", "is", "if", "in", "not");

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  PrimaryParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }

  Expression primary() {
    Token token = tokens.peek();
    Position position = token.position();
    return switch (token.kind()) {
      case NAME -> name();
      case STRING -> string();
      case INTEGER -> new Literal(position, new Int(whole(tokens.take())));
      case REAL -> new Literal(position, new Real(Double.parseDouble(tokens.take().text())));
      case OPERATOR -> switch (token.text()) {
        case "(" -> parentheses();
        case "[" -> new ListLiteral(position, Listing.Kind.LIST, items());
        case "{" -> dict();
        default -> throw tokens.unexpected("a value");
      };
      default -> throw tokens.unexpected("a value");
    };
  }

  private Expression name() {
    if (RESERVED.contains(tokens.peek().text())) {
      throw tokens.unexpected("a value");
    }
    Token name = tokens.take();
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

  long whole(Token token) {
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

  private List<Expression> items() {
    tokens.expectOperator("[");
    List<Expression> items = new ArrayList<>();
    while (!tokens.takeOperator("]")) {
      items.add(expressions.expression());
      if (!tokens.takeOperator(",") && !tokens.peek().isOperator("]")) {
        throw tokens.unexpected("',' or ']'");
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
}
