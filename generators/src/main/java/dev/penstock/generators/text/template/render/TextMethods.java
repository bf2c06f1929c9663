package dev.penstock.generators.text.template.render;

import static java.util.Map.entry;

import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.CharacterClasses;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Splitting;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Function;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The methods of a text, as Python's `str` has them.
final class TextMethods {
  @FunctionalInterface
  private interface Method {
    Value call(String text, Arguments arguments, Budget budget);
  }

  private static final Map<String, Method> METHODS = Map.ofEntries(
      entry("strip", (text, arguments, budget) -> strip("strip", text, arguments, true, true, budget)),
      entry("lstrip", (text, arguments, budget) -> strip("lstrip", text, arguments, true, false, budget)),
      entry("rstrip", (text, arguments, budget) -> strip("rstrip", text, arguments, false, true, budget)),
      entry("upper", changing("upper", TextForms::upper)),
      entry("lower", changing("lower", TextForms::lower)),
      entry("title", (text, arguments, budget) -> {
        arguments.bind("title", 0);
        budget.words(text.length());
        return new Text(TextForms.title(text));
      }),
      entry("capitalize", changing("capitalize", TextForms::capitalize)),
      entry("split", (text, arguments, budget) -> split("split", text, arguments, Splitting::split, budget)),
      entry("rsplit", (text, arguments, budget) -> split("rsplit", text, arguments, Splitting::splitFromEnd, budget)),
      entry("splitlines", TextMethods::lines),
      entry("replace", TextMethods::replace),
      entry("startswith", (text, arguments, budget) ->
          affix("startswith", text, arguments, String::startsWith, budget)),
      entry("endswith", (text, arguments, budget) -> affix("endswith", text, arguments, String::endsWith, budget)),
      entry("format", (text, arguments, budget) -> new Text(FieldFormat.fill(text, arguments, budget))),
      entry("removeprefix", (text, arguments, budget) -> {
        String prefix = arguments.bind("removeprefix", 1, "prefix").text("prefix");
        return new Text(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
      }),
      entry("removesuffix", (text, arguments, budget) -> {
        String suffix = arguments.bind("removesuffix", 1, "suffix").text("suffix");
        return new Text(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
      }),
      entry("find", (text, arguments, budget) -> {
        String sought = sought("find", text, arguments, budget);
        return place(text, text.indexOf(sought));
      }),
      entry("rfind", (text, arguments, budget) -> {
        String sought = sought("rfind", text, arguments, budget);
        return place(text, text.lastIndexOf(sought));
      }),
      entry("count", (text, arguments, budget) -> new Int(
          TextForms.count(text, sought("count", text, arguments, budget)))),
      entry("join", (text, arguments, budget) ->
          join(text, arguments.bind("join", 1, "iterable").required("iterable"), budget)),
      entry("isdigit", asking("isdigit", Character::isDigit)),
      entry("isalpha", asking("isalpha", Character::isLetter)),
      entry("isalnum", asking("isalnum", Character::isLetterOrDigit)),
      entry("isspace", asking("isspace", CharacterClasses::isSpace)));

  private TextMethods() {}

  /// The method of `text` with this name, or null.
  static @Nullable Function bound(String text, String name, Budget budget) {
    Method method = METHODS.get(name);
    return method == null ? null : new Function(name, arguments -> {
      budget.characters(text.length());
      return method.call(text, arguments, budget);
    });
  }

  private static Method changing(String name, UnaryOperator<String> change) {
    return (text, arguments, budget) -> {
      arguments.bind(name, 0);
      return new Text(change.apply(text));
    };
  }

  private static Method asking(String name, IntPredicate predicate) {
    return (text, arguments, budget) -> {
      arguments.bind(name, 0);
      return Bool.of(!text.isEmpty() && text.codePoints().allMatch(predicate));
    };
  }

  private static Value strip(
      String name, String text, Arguments arguments, boolean start, boolean end, Budget budget) {
    String characters = arguments.bind(name, 0, "chars").textOrNull("chars");
    budget.search(text.length(), characters == null ? 0 : characters.length());
    return new Text(TextForms.strip(text, characters, start, end));
  }

  private interface Splitter {
    Listing split(String text, @Nullable String separator, int most, Budget budget);
  }

  private static Value split(String name, String text, Arguments arguments, Splitter splitter, Budget budget) {
    var bound = arguments.bind(name, 0, "sep", "maxsplit");
    return splitter.split(text, bound.textOrNull("sep"), bound.integer("maxsplit", -1), budget);
  }

  private static Value lines(String text, Arguments arguments, Budget budget) {
    boolean keepEnds = arguments.bind("splitlines", 0, "keepends").flag("keepends");
    List<Value> lines = new ArrayList<>();
    Splitting.lines(text, keepEnds, budget).forEach(line -> lines.add(new Text(line)));
    return Listing.list(lines);
  }

  private static Value replace(String text, Arguments arguments, Budget budget) {
    var bound = arguments.bind("replace", 2, "old", "new", "count");
    return new Text(
        TextForms.replace(text, bound.text("old"), bound.text("new"), bound.integer("count", -1), budget));
  }

  private static Value affix(
      String name, String text, Arguments arguments, BiPredicate<String, String> has, Budget budget) {
    Value affix = arguments.bind(name, 1, "affix").required("affix");
    List<Value> candidates = affix instanceof Listing(Listing.Kind kind, var items) && kind == Listing.Kind.TUPLE
        ? items
        : List.of(affix);
    budget.elements(candidates.size());
    for (Value candidate : candidates) {
      if (!(candidate instanceof Text(String part))) {
        throw ValueError.of("'%s' takes a str or a tuple of them, not %s."
            .formatted(name, Sequences.describe(candidate)));
      }
      budget.characters(Math.min(part.length(), text.length()));
      if (has.test(text, part)) {
        return Bool.TRUE;
      }
    }
    return Bool.FALSE;
  }

  private static String sought(String name, String text, Arguments arguments, Budget budget) {
    String sought = arguments.bind(name, 1, "sub").text("sub");
    budget.search(text.length(), sought.length());
    return sought;
  }

  private static Value place(String text, int index) {
    return new Int(index < 0 ? -1 : text.codePointCount(0, index));
  }

  private static Value join(String separator, Value parts, Budget budget) {
    StringBuilder joined = new StringBuilder();
    String between = "";
    for (Value part : Sequences.walk(parts, budget)) {
      if (!(part instanceof Text(String text))) {
        throw ValueError.of("'join' takes texts only, not %s.".formatted(Sequences.describe(part)));
      }
      budget.characters((long) between.length() + text.length());
      joined.append(between).append(text);
      between = separator;
    }
    return new Text(joined.toString());
  }
}
