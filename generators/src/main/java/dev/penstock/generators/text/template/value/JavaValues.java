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

/// Copies what a caller hands in: null, strings, booleans, numbers, and lists and maps of these. Nothing else gets in.
public final class JavaValues {
  private static final int DEEPEST = 64;

  private JavaValues() {}

  /// @throws IllegalArgumentException for any other class, a map key that is no string, or more than 64 levels
  public static Value of(@Nullable Object object) {
    return of(object, 0);
  }

  private static Value of(@Nullable Object object, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "A variable of a chat template nests deeper than %d levels.".formatted(DEEPEST));
    }
    return switch (object) {
      case null -> Value.None.NONE;
      case String text -> new Text(text);
      case Boolean flag -> Bool.of(flag);
      case Byte _, Short _, Integer _, Long _ -> new Int(((Number) object).longValue());
      case Float _, Double _ -> new Real(((Number) object).doubleValue());
      case List<?> list -> list(list, depth);
      case Map<?, ?> map -> dict(map, depth);
      default -> throw new IllegalArgumentException(
          "A variable of a chat template is null, a string, boolean, number of 64 bits, list or map, not a %s."
              .formatted(object.getClass().getName()));
    };
  }

  private static Listing list(List<?> list, int depth) {
    List<Value> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(of(item, depth + 1));
    }
    return Listing.list(items);
  }

  private static Dict dict(Map<?, ?> map, int depth) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException("The keys of a map in a chat template's variables are strings.");
      }
      entries.put(new Text(key), of(entry.getValue(), depth + 1));
    }
    return new Dict(entries);
  }
}
