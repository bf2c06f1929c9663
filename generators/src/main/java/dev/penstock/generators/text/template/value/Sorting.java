package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Text;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Sorting by what each element has, as Jinja's filters do.
public final class Sorting {
  private Sorting() {}

  /// Sorts in place, keeping equal elements in their order; `key` says what each element is sorted by. Equal keys need
  /// no order: elements that all lack the attribute they are sorted by stay as they are.
  ///
  /// @throws ValueError if two keys differ and have no order
  public static void sort(List<Value> items, UnaryOperator<Value> key, boolean descending, Budget budget) {
    Map<Value, Value> keys = new IdentityHashMap<>();
    for (Value item : items) {
      keys.put(item, key.apply(item));
    }
    items.sort((left, right) -> {
      Value first = keys.getOrDefault(left, left);
      Value second = keys.getOrDefault(right, right);
      int order = Comparisons.equal(first, second, budget) ? 0 : Comparisons.compare(first, second, budget);
      return descending ? -order : order;
    });
  }

  /// What texts are sorted by where case does not count.
  public static Value ignoringCase(Value value, Budget budget) {
    if (value instanceof Text(String text)) {
      budget.characters(text.length());
      return new Text(text.toLowerCase(Locale.ROOT));
    }
    return value;
  }
}
