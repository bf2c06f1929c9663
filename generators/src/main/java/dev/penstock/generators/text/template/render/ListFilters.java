package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.syntax.Expression.Operator;
import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Comparisons;
import dev.penstock.generators.text.template.value.Dictionaries;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Sorting;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Generator;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Filters on anything that can be walked.
final class ListFilters {
  private ListFilters() {}

  static Value list(Value input, Arguments arguments, Budget budget) {
    arguments.bind("list", 0);
    return Listing.list(new ArrayList<>(Sequences.walk(input, budget)));
  }

  static Value first(Value input, Arguments arguments, Budget budget) {
    arguments.bind("first", 0);
    Value first = Sequences.first(input, budget);
    return first != null ? first : new Undefined("the first element of nothing");
  }

  static Value last(Value input, Arguments arguments, Budget budget) {
    arguments.bind("last", 0);
    if (input instanceof Generator) {
      throw ValueError.of("a generator has no last element; make it a list first.");
    }
    List<Value> items = Sequences.walk(input, budget);
    return items.isEmpty() ? new Undefined("the last element of nothing") : items.getLast();
  }

  static Value join(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("join", 0, "d", "attribute");
    Value given = bound.optional("d");
    String separator = given == null ? "" : Texts.of(given, budget);
    Value attribute = bound.optional("attribute");
    StringBuilder joined = new StringBuilder();
    String between = "";
    for (Value item : Sequences.walk(input, budget)) {
      String text = Texts.of(SelectionFilters.part(item, attribute, budget), budget);
      budget.characters((long) between.length() + text.length());
      joined.append(between).append(text);
      between = separator;
    }
    return new Text(joined.toString());
  }

  static Value reverse(Value input, Arguments arguments, Budget budget) {
    arguments.bind("reverse", 0);
    List<Value> reversed = new ArrayList<>(Sequences.walk(input, budget).reversed());
    return switch (input) {
      case Text _ -> {
        StringBuilder text = new StringBuilder();
        reversed.forEach(character -> text.append(((Text) character).value()));
        yield new Text(text.toString());
      }
      case Generator _ -> Listing.list(reversed);
      case Value _ -> new Generator(reversed);
    };
  }

  static Value sort(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("sort", 0, "reverse", "case_sensitive", "attribute");
    Value attribute = bound.optional("attribute");
    boolean caseCounts = bound.flag("case_sensitive");
    List<Value> items = new ArrayList<>(Sequences.walk(input, budget));
    Sorting.sort(
        items,
        item -> sortKey(SelectionFilters.part(item, attribute, budget), caseCounts, budget),
        bound.flag("reverse"),
        budget);
    return Listing.list(items);
  }

  static Value unique(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("unique", 0, "case_sensitive", "attribute");
    Value attribute = bound.optional("attribute");
    boolean caseCounts = bound.flag("case_sensitive");
    Set<Value> seen = new HashSet<>();
    List<Value> items = new ArrayList<>();
    for (Value item : Sequences.walk(input, budget)) {
      Value key = sortKey(SelectionFilters.part(item, attribute, budget), caseCounts, budget);
      if (seen.add(Dictionaries.key(key, budget))) {
        items.add(item);
      }
    }
    return new Generator(items);
  }

  /// The first of the smallest elements if `sign` is -1, of the largest if it is 1.
  static Value extreme(String name, int sign, Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind(name, 0, "case_sensitive", "attribute");
    Value attribute = bound.optional("attribute");
    boolean caseCounts = bound.flag("case_sensitive");
    Value found = null;
    Value foundKey = null;
    for (Value item : Sequences.walk(input, budget)) {
      Value key = sortKey(SelectionFilters.part(item, attribute, budget), caseCounts, budget);
      if (foundKey == null || Comparisons.compare(key, foundKey, budget) * sign > 0) {
        found = item;
        foundKey = key;
      }
    }
    return found != null ? found : new Undefined("the '%s' of nothing".formatted(name));
  }

  static Value sum(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("sum", 0, "attribute", "start");
    Value start = bound.optional("start");
    Value sum = start != null ? start : new Int(0);
    for (Value item : Sequences.walk(input, budget)) {
      Value part = SelectionFilters.part(item, bound.optional("attribute"), budget);
      sum = Operators.apply(Operator.ADD, sum, part, budget);
    }
    return sum;
  }

  static Value items(Value input, Arguments arguments, Budget budget) {
    arguments.bind("items", 0);
    return switch (input) {
      case Dict dict -> new Generator(Dictionaries.items(dict, budget).items());
      case Undefined _ -> new Generator(List.of());
      case Value other -> throw ValueError.of("'items' takes a dict, not %s.".formatted(Sequences.describe(other)));
    };
  }

  static Value dictSort(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("dictsort", 0, "case_sensitive", "by", "reverse");
    if (!(input instanceof Dict dict)) {
      throw ValueError.of("'dictsort' takes a dict, not %s.".formatted(Sequences.describe(input)));
    }
    String by = bound.optional("by") == null ? "key" : bound.text("by");
    if (!by.equals("key") && !by.equals("value")) {
      throw ValueError.of("'dictsort' sorts by 'key' or 'value'.");
    }
    boolean caseCounts = bound.flag("case_sensitive");
    List<Value> pairs = new ArrayList<>(Dictionaries.items(dict, budget).items());
    int place = by.equals("key") ? 0 : 1;
    Sorting.sort(
        pairs,
        pair -> sortKey(((Listing) pair).items().get(place), caseCounts, budget),
        bound.flag("reverse"),
        budget);
    return Listing.list(pairs);
  }

  private static Value sortKey(Value value, boolean caseCounts, Budget budget) {
    return caseCounts ? value : Sorting.ignoringCase(value, budget);
  }
}
