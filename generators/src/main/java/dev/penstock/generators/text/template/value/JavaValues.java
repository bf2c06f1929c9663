package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies what a caller hands in: null, strings, booleans, numbers, lists and maps of them. Nothing else gets in.
public final class JavaValues {
  private JavaValues() {}

  /// @throws ValueError for any other class, a number of more than 64 bits, or nesting without end
  public static Value of(@Nullable Object object, Budget budget) {
    budget.descend();
    Value value = switch (object) {
      case null -> Value.None.NONE;
      case String text -> new Text(text);
      case Boolean flag -> Bool.of(flag);
      case Byte _, Short _, Integer _, Long _ -> new Int(((Number) object).longValue());
      case Float _, Double _ -> new Real(((Number) object).doubleValue());
      case List<?> list -> list(list, budget);
      case Map<?, ?> map -> dict(map, budget);
      default -> throw ValueError.of(
          "a chat template takes strings, booleans, numbers of 64 bits, lists and maps, not %s."
              .formatted(object.getClass().getName()));
    };
    budget.ascend();
    return value;
  }

  private static Listing list(List<?> list, Budget budget) {
    List<Value> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(of(item, budget));
    }
    return Listing.list(items);
  }

  private static Dict dict(Map<?, ?> map, Budget budget) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entries.put(Dictionaries.key(of(entry.getKey(), budget), budget), of(entry.getValue(), budget));
    }
    return new Dict(entries);
  }
}
