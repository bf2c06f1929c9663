package dev.penstock.generators.text.template.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What writes text or changes names. Every node knows its place.
public sealed interface Statement {
  Position position();

  record Text(Position position, String text) implements Statement {}

  record Print(Position position, Expression expression) implements Statement {}

  /// @param condition which elements are visited, or null for all
  /// @param otherwise what is rendered when none is visited
  record For(
      Position position,
      Target target,
      Expression iterable,
      @Nullable Expression condition,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {}

  record If(Position position, List<Branch> branches, List<Statement> otherwise) implements Statement {
    public record Branch(Expression condition, List<Statement> body) {}
  }

  record Assign(Position position, Target target, Expression value) implements Statement {}

  /// `{% set target | filters %}body{% endset %}`
  record AssignBlock(Position position, Target target, List<Expression.FilterCall> filters, List<Statement> body)
      implements Statement {}

  record Macro(Position position, String name, Procedure procedure) implements Statement {}

  /// `{% call(parameters) callee(arguments) %}body{% endcall %}`: the body becomes the macro's `caller`.
  record CallBlock(Position position, Expression.Call call, Procedure caller) implements Statement {}

  record FilterBlock(Position position, List<Expression.FilterCall> filters, List<Statement> body)
      implements Statement {}

  /// What the assistant said: marks a span for training and renders its body.
  record Generation(Position position, List<Statement> body) implements Statement {}

  record Break(Position position) implements Statement {}

  record Continue(Position position) implements Statement {}

  /// Where a value goes.
  sealed interface Target {
    record NameTarget(Position position, String name) implements Target {}

    record NamespaceTarget(Position position, String namespace, String attribute) implements Target {}

    record TupleTarget(Position position, List<Target> targets) implements Target {}
  }

  /// Parameters and body of a macro or of a call block.
  ///
  /// @param takesMorePositional whether the body reads `varargs`
  /// @param takesMoreNamed whether the body reads `kwargs`
  record Procedure(
      List<Parameter> parameters, List<Statement> body, boolean takesMorePositional, boolean takesMoreNamed) {
    public record Parameter(String name, @Nullable Expression otherwise) {}
  }
}
