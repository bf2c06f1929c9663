package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.syntax.Expression;
import dev.penstock.generators.text.template.syntax.Statement;
import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.generators.text.template.syntax.TemplateLimits;
import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.JavaValues;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Loop;
import dev.penstock.generators.text.template.value.ValueError;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One rendering of one template: runs its statements. The entry of this package.
public final class Rendering {
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  private final Budget budget;
  private final Evaluator evaluator;
  private final Procedures procedures;

  private Rendering(Budget budget) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget);
    this.procedures = new Procedures(evaluator, this::collect);
  }

  /// @param variables what the template sees besides its own functions: null, strings, booleans, numbers, lists, maps
  /// @param now what `strftime_now` writes
  /// @throws TemplateException if the template raises, fails or meets a limit
  /// @throws IllegalArgumentException for a variable of another class
  public static String render(
      List<Statement> template, Map<String, ?> variables, LocalDateTime now, TemplateLimits limits) {
    Budget budget = new Budget(
        limits.renderDepth(), limits.loopIterations(), limits.outputCharacters(), limits.workUnits());
    Scope scope = new Scope(null);
    Globals.define(scope, now, budget);
    variables.forEach((name, value) -> scope.set(name, JavaValues.of(value)));
    Output output = Output.rendered(budget);
    new Rendering(budget).run(template, scope.inner(), output);
    return output.text();
  }

  private String collect(List<Statement> body, Scope scope) {
    Output output = Output.collected(budget);
    run(body, scope, output);
    return output.text();
  }

  private Flow run(List<Statement> body, Scope scope, Output output) {
    for (Statement statement : body) {
      Flow flow;
      try {
        budget.descend();
        flow = run(statement, scope, output);
        budget.ascend();
      } catch (ValueError error) {
        throw TemplateException.at(statement.position(), error);
      }
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private Flow run(Statement statement, Scope scope, Output output) {
    switch (statement) {
      case Statement.Text(_, String text) -> output.write(text);
      case Statement.Print(_, Expression expression) ->
          output.write(Texts.of(evaluator.evaluate(expression, scope), budget));
      case Statement.Assign(_, Statement.Target target, Expression value) ->
          Assignments.assign(target, evaluator.evaluate(value, scope), scope, budget);
      case Statement.AssignBlock(_, Statement.Target target, var filters, var body) ->
          Assignments.assign(target, filtered(body, filters, scope), scope, budget);
      case Statement.FilterBlock(_, var filters, var body) ->
          output.write(Texts.of(filtered(body, filters, scope), budget));
      case Statement.Macro(_, String name, Statement.Procedure procedure) ->
          scope.set(name, procedures.function(name, procedure, scope));
      case Statement.CallBlock block -> output.write(Texts.of(call(block, scope), budget));
      case Statement.Generation(_, var body) -> {
        return run(body, scope.inner(), output);
      }
      case Statement.If choice -> {
        return choose(choice, scope, output);
      }
      case Statement.For loop -> {
        return loop(loop, scope, output);
      }
      case Statement.Break _ -> {
        return Flow.BREAK;
      }
      case Statement.Continue _ -> {
        return Flow.CONTINUE;
      }
    }
    return Flow.NEXT;
  }

  private Value filtered(List<Statement> body, List<Expression.FilterCall> filters, Scope scope) {
    return evaluator.filter(new Value.Text(collect(body, scope.inner())), filters, scope);
  }

  private Value call(Statement.CallBlock block, Scope scope) {
    Value caller = procedures.function("caller", block.caller(), scope);
    Arguments arguments = evaluator.arguments(block.call().arguments(), scope);
    return evaluator.call(evaluator.evaluate(block.call().callee(), scope), Procedures.withCaller(arguments, caller));
  }

  private Flow choose(Statement.If choice, Scope scope, Output output) {
    for (Statement.If.Branch branch : choice.branches()) {
      if (evaluator.evaluate(branch.condition(), scope).isTrue()) {
        return run(branch.body(), scope, output);
      }
    }
    return run(choice.otherwise(), scope, output);
  }

  private Flow loop(Statement.For loop, Scope scope, Output output) {
    List<Value> items = visited(loop, scope);
    boolean anyFinished = false;
    Flow flow = Flow.NEXT;
    for (int index = 0; index < items.size() && flow != Flow.BREAK; index++) {
      budget.iteration();
      Scope iteration = scope.inner();
      Assignments.assign(loop.target(), items.get(index), iteration, budget);
      iteration.set("loop", new Loop(items, index));
      flow = run(loop.body(), iteration, output);
      anyFinished |= flow == Flow.NEXT;
    }
    // As in Jinja, an iteration that was left by break or continue does not count.
    return anyFinished ? Flow.NEXT : run(loop.otherwise(), scope.inner(), output);
  }

  private List<Value> visited(Statement.For loop, Scope scope) {
    List<Value> all = Sequences.walk(evaluator.evaluate(loop.iterable(), scope), budget);
    Expression condition = loop.condition();
    if (condition == null) {
      return all;
    }
    List<Value> visited = new ArrayList<>();
    for (Value item : all) {
      budget.iteration();
      Scope candidate = scope.inner();
      Assignments.assign(loop.target(), item, candidate, budget);
      if (evaluator.evaluate(condition, candidate).isTrue()) {
        visited.add(item);
      }
    }
    return visited;
  }
}
