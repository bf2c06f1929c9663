package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Json;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Splitting;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Filters that give text.
final class TextFilters {
  private TextFilters() {}

  static Value trim(Value input, Arguments arguments, Budget budget) {
    String characters = arguments.bind("trim", 0, "chars").textOrNull("chars");
    String text = Texts.of(input, budget);
    budget.search(text.length(), characters == null ? 0 : characters.length());
    return new Text(TextForms.strip(text, characters, true, true));
  }

  static Value title(Value input, Arguments arguments, Budget budget) {
    arguments.bind("title", 0);
    String text = Texts.of(input, budget);
    budget.words(text.length());
    return new Text(TextForms.titleWords(text));
  }

  static Value replace(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("replace", 2, "old", "new", "count");
    String old = Texts.of(bound.required("old"), budget);
    String replacement = Texts.of(bound.required("new"), budget);
    return new Text(
        TextForms.replace(Texts.of(input, budget), old, replacement, bound.integer("count", -1), budget));
  }

  /// Indents all lines but the first and the empty ones, unless asked to.
  static Value indent(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("indent", 0, "width", "first", "blank");
    if (!(input instanceof Text(String text))) {
      throw ValueError.of("'indent' takes a str, not %s.".formatted(Sequences.describe(input)));
    }
    String indentation = indentation("indent", bound.optional("width"), 4, budget);
    List<String> lines = Splitting.lines(text + "\n", false, budget);
    StringBuilder indented = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean deeper = i == 0 ? bound.flag("first") : bound.flag("blank") || !lines.get(i).isEmpty();
      budget.characters(1L + indentation.length() + lines.get(i).length());
      indented.append(i == 0 ? "" : "\n").append(deeper ? indentation : "").append(lines.get(i));
    }
    return new Text(indented.toString());
  }

  /// Transformers' `tojson`, which escapes no HTML and keeps Unicode.
  static Value toJson(Value input, Arguments arguments, Budget budget) {
    var bound = arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
    Value indent = bound.optional("indent");
    String indentation =
        indent == null || indent == Value.None.NONE ? null : indentation("tojson", indent, 0, budget);
    Value separators = bound.optional("separators");
    String itemSeparator = indentation == null ? ", " : ",";
    String keySeparator = ": ";
    if (separators != null && separators != Value.None.NONE) {
      List<Value> pair = Sequences.walk(separators, budget);
      if (pair.size() != 2 || !(pair.get(0) instanceof Text(String items))
          || !(pair.get(1) instanceof Text(String keys))) {
        throw ValueError.of("the separators of 'tojson' must be two strs.");
      }
      itemSeparator = items;
      keySeparator = keys;
    }
    Json json = new Json(
        indentation, itemSeparator, keySeparator, bound.flag("ensure_ascii"), bound.flag("sort_keys"));
    return new Text(json.write(input, budget));
  }

  private static String indentation(String filter, @Nullable Value width, int otherwise, Budget budget) {
    if (width instanceof Text(String text)) {
      return text;
    }
    long spaces = switch (width) {
      case null -> otherwise;
      case Int(long number) -> Math.clamp(number, 0, Integer.MAX_VALUE);
      case Value.Bool flag -> flag.isTrue() ? 1 : 0;
      case Value other -> throw ValueError.of(
          "'%s' takes an int or a str to indent by, not %s.".formatted(filter, Sequences.describe(other)));
    };
    budget.characters(spaces);
    return " ".repeat((int) spaces);
  }
}
