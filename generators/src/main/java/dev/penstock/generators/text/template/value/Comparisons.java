package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Generator;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import java.util.List;
import java.util.Map;

/// Equality, order and membership. Numbers and booleans compare by value; texts by code point.
public final class Comparisons {
  private Comparisons() {}

  public static boolean equal(Value left, Value right, Budget budget) {
    budget.descend();
    boolean equal = switch (left) {
      case Text(String text) when right instanceof Text(String other) -> {
        budget.characters(Math.min(text.length(), other.length()));
        yield text.equals(other);
      }
      case Int(long number) when right instanceof Int(long other) -> number == other;
      case Int _, Real _, Bool _ when isNumber(right) -> number(left) == number(right);
      case Listing listing when right instanceof Listing other ->
          listing.kind() == other.kind() && equalItems(listing.items(), other.items(), budget);
      case Dict(var entries) when right instanceof Dict(var others) -> equalEntries(entries, others, budget);
      case Undefined _ -> right instanceof Undefined;
      case Value _ -> left == right;
    };
    budget.ascend();
    return equal;
  }

  private static boolean equalItems(List<Value> left, List<Value> right, Budget budget) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i), budget)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalEntries(Map<Value, Value> left, Map<Value, Value> right, Budget budget) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<Value, Value> entry : left.entrySet()) {
      Value other = right.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other, budget)) {
        return false;
      }
    }
    return true;
  }

  /// Negative, zero or positive as `left` stands before, at or after `right`.
  ///
  /// @throws ValueError if the two have no order
  public static int compare(Value left, Value right, Budget budget) {
    budget.descend();
    int order = switch (left) {
      case Text(String text) when right instanceof Text(String other) -> {
        budget.characters(Math.min(text.length(), other.length()));
        yield compareCodePoints(text, other);
      }
      case Int(long number) when right instanceof Int(long other) -> Long.compare(number, other);
      case Int _, Real _, Bool _ when isNumber(right) -> Double.compare(number(left) + 0.0, number(right) + 0.0);
      case Listing listing when right instanceof Listing other && listing.kind() == other.kind()
          && listing.isIndexed() -> compareItems(listing.items(), other.items(), budget);
      case Value _ -> throw ValueError.of(
          "%s and %s have no order.".formatted(Sequences.describe(left), Sequences.describe(right)));
    };
    budget.ascend();
    return order;
  }

  private static int compareItems(List<Value> left, List<Value> right, Budget budget) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!equal(left.get(i), right.get(i), budget)) {
        return compare(left.get(i), right.get(i), budget);
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compareCodePoints(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    int at = 0;
    while (at < shared && left.charAt(at) == right.charAt(at)) {
      at++;
    }
    if (at == shared) {
      return Integer.compare(left.length(), right.length());
    }
    boolean halves = Character.isSurrogate(left.charAt(at)) || Character.isSurrogate(right.charAt(at));
    int start = halves && at > 0 && Character.isHighSurrogate(left.charAt(at - 1)) ? at - 1 : at;
    return Integer.compare(left.codePointAt(start), right.codePointAt(start));
  }

  /// Python's `element in container`; a generator is used up to the match.
  public static boolean contains(Value container, Value element, Budget budget) {
    return switch (container) {
      case Text(String text) -> switch (element) {
        case Text(String part) -> {
          budget.search(text.length(), part.length());
          yield text.contains(part);
        }
        case Value other -> throw ValueError.of("%s cannot be in a str.".formatted(Sequences.describe(other)));
      };
      case Dict dict -> Dictionaries.get(dict, element, budget) != null;
      case Generator generator -> {
        boolean found = false;
        while (!found && generator.hasNext()) {
          found = equal(generator.next(), element, budget);
        }
        yield found;
      }
      case Value other -> indexOf(Sequences.walk(other, budget), element, budget) >= 0;
    };
  }

  /// The place of the first equal element, or -1.
  public static int indexOf(List<Value> items, Value element, Budget budget) {
    for (int i = 0; i < items.size(); i++) {
      if (equal(items.get(i), element, budget)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isNumber(Value value) {
    return value instanceof Int || value instanceof Real || value instanceof Bool;
  }

  private static double number(Value value) {
    return switch (value) {
      case Int(long number) -> number;
      case Real(double number) -> number;
      case Value other -> other.isTrue() ? 1 : 0;
    };
  }
}
