package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Expression.CallArguments;
import dev.penstock.generators.text.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of one call: by position, by name, one `*list`, one `**mapping`, in this order.
final class CallArgumentsParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final List<Expression> positional = new ArrayList<>();
  private final List<CallArguments.Named> named = new ArrayList<>();
  private @Nullable Expression list;
  private @Nullable Expression mapping;

  CallArgumentsParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  CallArguments parse() {
    tokens.expectOperator("(");
    while (!tokens.takeOperator(")")) {
      argument();
      if (!tokens.takeOperator(",") && !tokens.peek().isOperator(")")) {
        throw tokens.unexpected("',' or ')'");
      }
    }
    return new CallArguments(positional, named, list, mapping);
  }

  private void argument() {
    if (mapping != null) {
      throw tokens.unexpected("')' behind a '**' argument");
    }
    if (tokens.takeOperator("**")) {
      mapping = expressions.expression();
    } else if (tokens.peek().isOperator("*") && list == null) {
      tokens.take();
      list = expressions.expression();
    } else if (tokens.peek().kind() == Kind.NAME && tokens.peekSecond().isOperator("=")) {
      String name = tokens.take().text();
      tokens.take();
      named.add(new CallArguments.Named(name, expressions.expression()));
    } else if (named.isEmpty() && list == null) {
      positional.add(expressions.expression());
    } else {
      throw tokens.unexpected("an argument by name");
    }
  }
}
