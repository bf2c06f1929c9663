package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Dictionaries;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Function;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Namespace;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.ValueError;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The functions that every template has: Jinja's `range`, `dict` and `namespace`, Transformers' `raise_exception`
/// and `strftime_now`. Variables of the same name hide them.
final class Globals {
  /// As in Jinja's sandbox.
  private static final long LONGEST_RANGE = 100_000;

  private Globals() {}

  static void define(Scope scope, LocalDateTime now, Budget budget) {
    scope.set("range", new Function("range", arguments -> range(arguments, budget)));
    scope.set("dict", new Function("dict", arguments -> new Dict(entries("dict", arguments, budget))));
    scope.set("namespace", new Function("namespace", arguments -> {
      Map<String, Value> attributes = new LinkedHashMap<>();
      entries("namespace", arguments, budget)
          .forEach((name, value) -> attributes.put(Texts.of(name, budget), value));
      return new Namespace(attributes);
    }));
    scope.set("raise_exception", new Function("raise_exception", arguments -> {
      Value message = arguments.bind("raise_exception", 1, "message").required("message");
      throw ValueError.raised(Texts.of(message, budget));
    }));
    scope.set("strftime_now", new Function("strftime_now", arguments -> new Text(
        DateText.of(now, arguments.bind("strftime_now", 1, "format").text("format"), budget))));
  }

  private static Value range(Arguments arguments, Budget budget) {
    var bound = arguments.bind("range", 1, "start", "stop", "step");
    boolean onlyStop = bound.optional("stop") == null;
    long start = onlyStop ? 0 : number(bound.required("start"));
    long stop = number(bound.required(onlyStop ? "start" : "stop"));
    Value given = bound.optional("step");
    long step = given == null ? 1 : number(given);
    if (step == 0) {
      throw ValueError.of("the step of a range must not be 0.");
    }
    long length = Math.max(0, Math.ceilDiv(stop - start, step));
    if (length > LONGEST_RANGE) {
      throw ValueError.of("a range must not be longer than %d.".formatted(LONGEST_RANGE));
    }
    budget.elements(length);
    List<Value> numbers = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      numbers.add(new Int(start + i * step));
    }
    return new Listing(Listing.Kind.RANGE, numbers);
  }

  private static long number(Value value) {
    if (value instanceof Int(long number) && number == (int) number) {
      return number;
    }
    throw ValueError.of("a range takes ints of 32 bits, not %s.".formatted(Sequences.describe(value)));
  }

  /// What `dict` and `namespace` are given: a dictionary or a list of pairs, then names.
  private static Map<Value, Value> entries(String callee, Arguments arguments, Budget budget) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    Value source = new Arguments(arguments.positional(), Map.of()).bind(callee, 0, "mapping").optional("mapping");
    if (source instanceof Dict dict) {
      budget.elements(2L * dict.entries().size());
      entries.putAll(dict.entries());
    } else if (source != null) {
      for (Value pair : Sequences.walk(source, budget)) {
        List<Value> keyAndValue = Sequences.walk(pair, budget);
        if (keyAndValue.size() != 2) {
          throw ValueError.of("'%s' takes pairs, not %d values at once.".formatted(callee, keyAndValue.size()));
        }
        entries.put(Dictionaries.key(keyAndValue.get(0), budget), keyAndValue.get(1));
      }
    }
    arguments.named().forEach((name, value) -> entries.put(new Text(name), value));
    return entries;
  }
}
