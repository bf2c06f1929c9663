package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.syntax.Expression;
import dev.penstock.generators.text.template.syntax.Statement;
import dev.penstock.generators.text.template.syntax.Statement.Procedure;
import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Function;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// Macros and the bodies of call blocks as functions: they see the names around their definition and give text.
final class Procedures {
  private static final String CALLER = "caller";

  private final Evaluator evaluator;
  private final BiFunction<List<Statement>, Scope, String> collect;

  Procedures(Evaluator evaluator, BiFunction<List<Statement>, Scope, String> collect) {
    this.evaluator = evaluator;
    this.collect = collect;
  }

  Function function(String name, Procedure procedure, Scope definition) {
    return new Function(name, arguments -> {
      Scope scope = definition.inner();
      bind(name, procedure, arguments, scope);
      return new Text(collect.apply(procedure.body(), scope));
    });
  }

  static Arguments withCaller(Arguments arguments, Value caller) {
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    named.put(CALLER, caller);
    return new Arguments(arguments.positional(), named);
  }

  private void bind(String name, Procedure procedure, Arguments arguments, Scope scope) {
    List<Value> positional = arguments.positional();
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    Map<String, Expression> leftOut = new LinkedHashMap<>();
    int next = 0;
    for (Procedure.Parameter parameter : procedure.parameters()) {
      Value value = next < positional.size() ? positional.get(next++) : named.remove(parameter.name());
      if (value == null && parameter.otherwise() != null) {
        leftOut.put(parameter.name(), parameter.otherwise());
      }
      scope.set(parameter.name(), value != null ? value : Value.Undefined.named(parameter.name()));
    }
    Value caller = named.remove(CALLER);
    if (caller != null) {
      scope.set(CALLER, caller);
    }
    bindRest(name, procedure, positional.subList(next, positional.size()), named, scope);
    leftOut.forEach((parameter, otherwise) -> scope.set(parameter, evaluator.evaluate(otherwise, scope)));
  }

  private static void bindRest(
      String name, Procedure procedure, List<Value> positional, Map<String, Value> named, Scope scope) {
    if (procedure.takesMorePositional()) {
      scope.set("varargs", Listing.tuple(positional));
    } else if (!positional.isEmpty()) {
      throw ValueError.of(
          "the macro '%s' takes at most %d arguments.".formatted(name, procedure.parameters().size()));
    }
    if (procedure.takesMoreNamed()) {
      Map<Value, Value> entries = new LinkedHashMap<>();
      named.forEach((key, value) -> entries.put(new Text(key), value));
      scope.set("kwargs", new Dict(entries));
    } else if (!named.isEmpty()) {
      throw ValueError.of(
          "the macro '%s' has no argument '%s'.".formatted(name, named.keySet().iterator().next()));
    }
  }
}
