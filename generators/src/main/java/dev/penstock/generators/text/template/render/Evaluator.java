package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.syntax.Expression;
import dev.penstock.generators.text.template.syntax.Expression.CallArguments;
import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Dictionaries;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Function;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Computes expressions.
final class Evaluator {
  /// A call costs as much as a few list elements: it opens a scope.
  private static final int ELEMENTS_A_CALL = 4;

  private final Budget budget;

  Evaluator(Budget budget) {
    this.budget = budget;
  }

  /// @throws TemplateException with the place of the innermost expression that failed
  Value evaluate(Expression expression, Scope scope) {
    try {
      budget.descend();
      Value value = compute(expression, scope);
      budget.ascend();
      return value;
    } catch (ValueError error) {
      throw TemplateException.at(expression.position(), error);
    }
  }

  private Value compute(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal(_, Value value) -> value;
      case Expression.Name(_, String name) -> scope.get(name);
      case Expression.ListLiteral(_, Listing.Kind kind, var items) -> new Listing(kind, all(items, scope));
      case Expression.DictLiteral literal -> dict(literal, scope);
      case Expression.Attribute(_, Expression target, String name) ->
          Attributes.named(evaluate(target, scope), name, budget);
      case Expression.Subscript(_, Expression target, Expression index) ->
          Attributes.at(evaluate(target, scope), evaluate(index, scope), budget);
      case Expression.Slice slice -> slice(slice, scope);
      case Expression.Call(_, Expression callee, CallArguments arguments) ->
          call(evaluate(callee, scope), arguments(arguments, scope));
      case Expression.Filtered(_, Expression input, var filter) ->
          filter(evaluate(input, scope), List.of(filter), scope);
      case Expression.Test(_, Expression input, String name, CallArguments arguments, boolean negated) -> Bool.of(
          negated != Tests.holds(name, evaluate(input, scope), arguments(arguments, scope), budget));
      case Expression.Not(_, Expression operand) -> Bool.of(!evaluate(operand, scope).isTrue());
      case Expression.Sign(_, boolean negative, Expression operand) ->
          Operators.sign(negative, evaluate(operand, scope));
      case Expression.Chain chain -> chain(chain, scope);
      case Expression.Comparison comparison -> Bool.of(compare(comparison, scope));
      case Expression.Logic logic -> logic(logic, scope);
      case Expression.Concatenation(_, var parts) -> concatenate(parts, scope);
      case Expression.Conditional conditional -> choose(conditional, scope);
    };
  }

  private List<Value> all(List<Expression> expressions, Scope scope) {
    budget.elements(expressions.size());
    List<Value> values = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      values.add(evaluate(expression, scope));
    }
    return values;
  }

  private Dict dict(Expression.DictLiteral literal, Scope scope) {
    budget.elements(2L * literal.entries().size());
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Expression.DictLiteral.Entry entry : literal.entries()) {
      entries.put(Dictionaries.key(evaluate(entry.key(), scope), budget), evaluate(entry.value(), scope));
    }
    return new Dict(entries);
  }

  private Value slice(Expression.Slice slice, Scope scope) {
    Value target = evaluate(slice.target(), scope);
    Value start = evaluate(slice.start(), scope);
    Value stop = evaluate(slice.stop(), scope);
    Value step = evaluate(slice.step(), scope);
    return Sequences.slice(target, start, stop, step, budget);
  }

  private Value chain(Expression.Chain chain, Scope scope) {
    Value result = evaluate(chain.first(), scope);
    for (Expression.Chain.Link link : chain.links()) {
      Value operand = evaluate(link.operand(), scope);
      try {
        result = Operators.apply(link.operator(), result, operand, budget);
      } catch (ValueError error) {
        throw TemplateException.at(link.position(), error);
      }
    }
    return result;
  }

  private boolean compare(Expression.Comparison comparison, Scope scope) {
    Value left = evaluate(comparison.first(), scope);
    for (Expression.Comparison.Link link : comparison.links()) {
      Value right = evaluate(link.operand(), scope);
      if (!Operators.holds(link.comparator(), left, right, budget)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Value logic(Expression.Logic logic, Scope scope) {
    Value value = Bool.of(logic.all());
    for (Expression operand : logic.operands()) {
      value = evaluate(operand, scope);
      if (value.isTrue() != logic.all()) {
        return value;
      }
    }
    return value;
  }

  private Text concatenate(List<Expression> parts, Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Expression part : parts) {
      String piece = Texts.of(evaluate(part, scope), budget);
      budget.characters(piece.length());
      text.append(piece);
    }
    return new Text(text.toString());
  }

  private Value choose(Expression.Conditional conditional, Scope scope) {
    if (evaluate(conditional.condition(), scope).isTrue()) {
      return evaluate(conditional.then(), scope);
    }
    Expression otherwise = conditional.otherwise();
    return otherwise == null ? new Undefined("an 'if' without 'else'") : evaluate(otherwise, scope);
  }

  Value filter(Value input, List<Expression.FilterCall> filters, Scope scope) {
    Value value = input;
    for (Expression.FilterCall filter : filters) {
      Arguments arguments = arguments(filter.arguments(), scope);
      try {
        value = Filters.apply(filter.name(), value, arguments, budget);
      } catch (ValueError error) {
        throw TemplateException.at(filter.position(), error);
      }
    }
    return value;
  }

  Value call(Value callee, Arguments arguments) {
    if (callee instanceof Function function) {
      budget.elements(ELEMENTS_A_CALL);
      return function.body().call(arguments);
    }
    throw ValueError.of("%s cannot be called.".formatted(Sequences.describe(callee)));
  }

  Arguments arguments(CallArguments arguments, Scope scope) {
    if (arguments == CallArguments.NONE) {
      return Arguments.NONE;
    }
    List<Value> positional = all(arguments.positional(), scope);
    if (arguments.list() != null) {
      positional.addAll(Sequences.walk(evaluate(arguments.list(), scope), budget));
    }
    Map<String, Value> named = new LinkedHashMap<>();
    for (CallArguments.Named argument : arguments.named()) {
      put(named, argument.name(), evaluate(argument.value(), scope));
    }
    if (arguments.mapping() != null) {
      if (!(evaluate(arguments.mapping(), scope) instanceof Dict(var entries))) {
        throw ValueError.of("what follows '**' in a call must be a dict.");
      }
      budget.elements(entries.size());
      entries.forEach((key, value) -> put(named, Texts.of(key, budget), value));
    }
    return new Arguments(positional, named);
  }

  private static void put(Map<String, Value> named, String name, Value value) {
    if (named.put(name, value) != null) {
      throw ValueError.of("the argument '%s' has two values.".formatted(name));
    }
  }
}
