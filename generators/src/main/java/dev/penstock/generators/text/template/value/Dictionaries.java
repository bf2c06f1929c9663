package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looking up and listing what is in a dictionary.
public final class Dictionaries {
  private Dictionaries() {}

  /// Hands back `value` if it can be a key: a text, number, boolean or none.
  ///
  /// @throws ValueError if it cannot
  public static Value key(Value value, Budget budget) {
    return switch (value) {
      case Text text -> {
        budget.characters(text.value().length());
        yield text;
      }
      case Int _, Real _, Bool _, Value.None _ -> value;
      case Value other -> throw ValueError.of("%s cannot be a key of a dict.".formatted(Sequences.describe(other)));
    };
  }

  /// The entry under `key`, or null; nothing is under an undefined key.
  public static @Nullable Value get(Dict dict, Value key, Budget budget) {
    return key instanceof Undefined ? null : dict.entries().get(key(key, budget));
  }

  public static Listing items(Dict dict, Budget budget) {
    budget.elements(2L * dict.entries().size());
    List<Value> pairs = new ArrayList<>();
    for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
      pairs.add(Listing.tuple(List.of(entry.getKey(), entry.getValue())));
    }
    return new Listing(Listing.Kind.ITEMS, pairs);
  }

  public static Listing keys(Dict dict, Budget budget) {
    budget.elements(dict.entries().size());
    return new Listing(Listing.Kind.KEYS, new ArrayList<>(dict.entries().keySet()));
  }

  public static Listing values(Dict dict, Budget budget) {
    budget.elements(dict.entries().size());
    return new Listing(Listing.Kind.VALUES, new ArrayList<>(dict.entries().values()));
  }
}
