package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Comparisons;
import dev.penstock.generators.text.template.value.Dictionaries;
import dev.penstock.generators.text.template.value.Sequences;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Function;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Loop;
import dev.penstock.generators.text.template.value.Value.Namespace;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import dev.penstock.generators.text.template.value.ValueError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `value.name` and `value[key]` mean. As in Jinja, the dot tries methods before a dictionary's entries and the
/// brackets try entries first; what is not there is undefined.
final class Attributes {
  private Attributes() {}

  static Value named(Value value, String name, Budget budget) {
    Value found = switch (value) {
      case Undefined(String description) -> throw ValueError.of(
          "%s is undefined, so it has no '%s'.".formatted(description, name));
      case Text(String text) -> TextMethods.bound(text, name, budget);
      case Dict dict -> {
        Value method = method(dict, name, budget);
        yield method != null ? method : dict.entries().get(new Text(name));
      }
      case Listing listing -> method(listing, name, budget);
      case Namespace namespace -> namespace.get(name);
      case Loop loop -> attribute(loop, name);
      case Value _ -> null;
    };
    return found != null ? found : Undefined.named(name);
  }

  static Value at(Value value, Value key, Budget budget) {
    if (value instanceof Undefined(String description)) {
      throw ValueError.of("%s is undefined, so it has no elements.".formatted(description));
    }
    if (value instanceof Dict dict && !(key instanceof Listing) && !(key instanceof Dict)) {
      Value entry = Dictionaries.get(dict, key, budget);
      if (entry != null) {
        return entry;
      }
    }
    if (key instanceof Text(String name)) {
      return named(value, name, budget);
    }
    Value element = null;
    boolean numbered = value instanceof Text || value instanceof Listing listing && listing.isIndexed();
    if (numbered && key instanceof Int(long index)) {
      element = Sequences.element(value, index, budget);
    } else if (numbered && key instanceof Bool flag) {
      element = Sequences.element(value, flag.isTrue() ? 1 : 0, budget);
    }
    return element != null ? element : new Undefined("that element");
  }

  private static @Nullable Value method(Dict dict, String name, Budget budget) {
    return switch (name) {
      case "items" -> new Function(name, arguments -> {
        arguments.bind(name, 0);
        return Dictionaries.items(dict, budget);
      });
      case "keys" -> new Function(name, arguments -> {
        arguments.bind(name, 0);
        return Dictionaries.keys(dict, budget);
      });
      case "values" -> new Function(name, arguments -> {
        arguments.bind(name, 0);
        return Dictionaries.values(dict, budget);
      });
      case "get" -> new Function(name, arguments -> {
        var bound = arguments.bind(name, 1, "key", "default");
        Value entry = Dictionaries.get(dict, bound.required("key"), budget);
        Value otherwise = bound.optional("default");
        return entry != null ? entry : otherwise != null ? otherwise : Value.None.NONE;
      });
      default -> null;
    };
  }

  private static @Nullable Value method(Listing listing, String name, Budget budget) {
    if (!listing.isIndexed()) {
      return null;
    }
    return switch (name) {
      case "index" -> new Function(name, arguments -> {
        Value sought = arguments.bind(name, 1, "value").required("value");
        int index = Comparisons.indexOf(listing.items(), sought, budget);
        if (index < 0) {
          throw ValueError.of("the value that 'index' looks for is not in the list.");
        }
        return new Int(index);
      });
      case "count" -> new Function(name, arguments -> {
        Value sought = arguments.bind(name, 1, "value").required("value");
        return new Int(listing.items().stream().filter(item -> Comparisons.equal(item, sought, budget)).count());
      });
      default -> null;
    };
  }

  private static @Nullable Value attribute(Loop loop, String name) {
    List<Value> items = loop.items();
    int index = loop.index();
    return switch (name) {
      case "index" -> new Int(index + 1L);
      case "index0" -> new Int(index);
      case "revindex" -> new Int(items.size() - index);
      case "revindex0" -> new Int(items.size() - index - 1L);
      case "first" -> Bool.of(index == 0);
      case "last" -> Bool.of(index == items.size() - 1);
      case "length" -> new Int(items.size());
      case "previtem" -> index > 0 ? items.get(index - 1) : null;
      case "nextitem" -> index < items.size() - 1 ? items.get(index + 1) : null;
      case "depth" -> new Int(1);
      case "depth0" -> new Int(0);
      case "cycle" -> new Function(name, arguments -> {
        if (arguments.positional().isEmpty()) {
          throw ValueError.of("'cycle' needs at least one argument.");
        }
        return arguments.positional().get(index % arguments.positional().size());
      });
      default -> null;
    };
  }
}
