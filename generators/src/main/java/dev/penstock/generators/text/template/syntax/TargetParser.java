package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Statement.Procedure;
import dev.penstock.generators.text.template.syntax.Statement.Target;
import dev.penstock.generators.text.template.syntax.Token.Kind;
import dev.penstock.generators.text.template.value.Value.Listing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What statements read besides expressions: assignment targets, parameters, and tuples without brackets.
final class TargetParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;

  TargetParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Target loopTarget() {
    return tuple(false);
  }

  Target assignmentTarget() {
    return tuple(true);
  }

  private Target tuple(boolean namespaces) {
    Position position = tokens.peek().position();
    Target first = target(namespaces);
    if (!tokens.peek().isOperator(",")) {
      return first;
    }
    List<Target> all = new ArrayList<>(List.of(first));
    while (tokens.takeOperator(",") && (tokens.peek().kind() == Kind.NAME || tokens.peek().isOperator("("))
        && !tokens.peek().isName("in")) {
      all.add(target(namespaces));
    }
    return new Target.TupleTarget(position, all);
  }

  private Target target(boolean namespaces) {
    if (tokens.takeOperator("(")) {
      tokens.descend();
      Target inner = tuple(namespaces);
      tokens.ascend();
      tokens.expectOperator(")");
      return inner;
    }
    Token name = tokens.expect(Kind.NAME, "a name");
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
      throw TemplateException.syntax(name.position(), "'%s' cannot be set.".formatted(name.text()));
    }
    if (namespaces && tokens.takeOperator(".")) {
      return new Target.NamespaceTarget(
          name.position(), name.text(), tokens.expect(Kind.NAME, "the name of an attribute").text());
    }
    return new Target.NameTarget(name.position(), name.text());
  }

  /// One item, or a tuple if a comma follows it.
  Expression tuple(Supplier<Expression> item) {
    Position position = tokens.peek().position();
    Expression first = item.get();
    if (!tokens.peek().isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.takeOperator(",") && tokens.peek().kind() != Kind.BLOCK_END
        && tokens.peek().kind() != Kind.PRINT_END) {
      items.add(item.get());
    }
    return new Expression.ListLiteral(position, Listing.Kind.TUPLE, items);
  }

  List<Procedure.Parameter> parameters() {
    tokens.expectOperator("(");
    List<Procedure.Parameter> parameters = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean mayLeaveOut = false;
    while (!tokens.takeOperator(")")) {
      Token name = tokens.expect(Kind.NAME, "the name of a parameter");
      if (!names.add(name.text())) {
        throw TemplateException.syntax(
            name.position(), "the parameter '%s' is there twice.".formatted(name.text()));
      }
      Expression otherwise = tokens.takeOperator("=") ? expressions.expression() : null;
      if (otherwise == null && mayLeaveOut) {
        throw TemplateException.syntax(name.position(),
            "the parameter '%s' needs a default, since one before it has one.".formatted(name.text()));
      }
      mayLeaveOut = otherwise != null;
      parameters.add(new Procedure.Parameter(name.text(), otherwise));
      if (!tokens.takeOperator(",") && !tokens.peek().isOperator(")")) {
        throw tokens.unexpected("',' or ')'");
      }
    }
    return parameters;
  }
}
