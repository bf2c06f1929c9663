package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values as Python's `json.dumps` does, by default with `ensure_ascii=False` as chat templates expect it.
///
/// @param indent what one level is indented by, or null for one line
/// @param ensureAscii whether characters above ASCII are escaped
public record Json(@Nullable String indent, String itemSeparator, String keySeparator, boolean ensureAscii,
    boolean sortKeys) {
  private static final HexFormat HEX = HexFormat.of();

  public String write(Value value, Budget budget) {
    StringBuilder json = new StringBuilder();
    write(value, 0, json, budget);
    return json.toString();
  }

  private void write(Value value, int level, StringBuilder json, Budget budget) {
    budget.descend();
    switch (value) {
      case Text(String text) -> quote(text, json, budget);
      case Value.None _ -> json.append("null");
      case Bool flag -> json.append(flag.isTrue());
      case Int(long number) -> json.append(number);
      case Real(double number) -> json.append(text(number));
      case Listing listing when listing.kind() == Listing.Kind.LIST || listing.kind() == Listing.Kind.TUPLE ->
          writeList(listing.items(), level, json, budget);
      case Dict dict -> writeDict(dict.entries(), level, json, budget);
      case Value other -> throw ValueError.of("%s cannot be written as JSON.".formatted(Sequences.describe(other)));
    }
    budget.ascend();
  }

  private void writeList(List<Value> items, int level, StringBuilder json, Budget budget) {
    json.append('[');
    boolean first = true;
    for (Value item : items) {
      separate(first, level + 1, json, budget);
      write(item, level + 1, json, budget);
      first = false;
    }
    close(first, level, json, budget);
    json.append(']');
  }

  private void writeDict(Map<Value, Value> entries, int level, StringBuilder json, Budget budget) {
    json.append('{');
    boolean first = true;
    for (Map.Entry<Value, Value> entry : inOrder(entries, budget).entrySet()) {
      separate(first, level + 1, json, budget);
      quote(key(entry.getKey()), json, budget);
      json.append(keySeparator);
      budget.characters(keySeparator.length());
      write(entry.getValue(), level + 1, json, budget);
      first = false;
    }
    close(first, level, json, budget);
    json.append('}');
  }

  private Map<Value, Value> inOrder(Map<Value, Value> entries, Budget budget) {
    if (!sortKeys) {
      return entries;
    }
    List<Value> keys = new ArrayList<>(entries.keySet());
    Sorting.sort(keys, key -> key, false, budget);
    Map<Value, Value> sorted = new LinkedHashMap<>();
    keys.forEach(key -> sorted.put(key, entries.get(key)));
    return sorted;
  }

  private void separate(boolean first, int level, StringBuilder json, Budget budget) {
    if (!first) {
      budget.characters(itemSeparator.length());
      json.append(itemSeparator);
    }
    newLine(level, json, budget);
  }

  private void close(boolean empty, int level, StringBuilder json, Budget budget) {
    if (!empty) {
      newLine(level, json, budget);
    }
  }

  private void newLine(int level, StringBuilder json, Budget budget) {
    if (indent != null) {
      budget.characters((long) indent.length() * level + 1);
      json.append('\n').repeat(indent, level);
    }
  }

  private static String key(Value key) {
    return switch (key) {
      case Text(String text) -> text;
      case Bool flag -> String.valueOf(flag.isTrue());
      case Int(long number) -> String.valueOf(number);
      case Real(double number) -> text(number);
      case Value _ -> "null";
    };
  }

  private static String text(double number) {
    return switch (Numbers.text(number)) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      case String finite -> finite;
    };
  }

  private void quote(String text, StringBuilder json, Budget budget) {
    int before = json.length();
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> {
          if (character < ' ' || ensureAscii && character > '~') {
            json.append("\\u").append(HEX.toHexDigits(character));
          } else {
            json.append(character);
          }
        }
      }
    }
    json.append('"');
    budget.characters(json.length() - before);
  }
}
