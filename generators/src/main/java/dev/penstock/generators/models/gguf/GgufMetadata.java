package dev.penstock.generators.models.gguf;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys and values at the head of a GGUF file, read by type; a missing or differently typed key is refused by
/// name.
public final class GgufMetadata {

  private final Path file;
  private final Map<String, GgufValue> values;

  GgufMetadata(Path file, Map<String, GgufValue> values) {
    this.file = file;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public Map<String, GgufValue> values() {
    return values;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  String text(String key) {
    return optionalText(key).orElseThrow(() -> missing(key));
  }

  Optional<String> optionalText(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Text(String value) -> Optional.of(value);
      case GgufValue other -> throw wrong(key, other, "text");
    };
  }

  /// A whole number from 1 to 2^31 - 1: a size or a count.
  int size(String key) {
    return optionalSize(key).orElseThrow(() -> missing(key));
  }

  Optional<Integer> optionalSize(String key) {
    Optional<Long> value = optionalWhole(key);
    value.filter(size -> size < 1 || size > Integer.MAX_VALUE).ifPresent(size -> {
      throw new GgufException(file + ": " + key + " is " + size + "; a whole number from 1 to " + Integer.MAX_VALUE
          + " is needed.");
    });
    return value.map(Long::intValue);
  }

  Optional<Long> optionalWhole(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Whole(long value) -> Optional.of(value);
      case GgufValue other -> throw wrong(key, other, "a whole number");
    };
  }

  double real(String key) {
    return optionalReal(key).orElseThrow(() -> missing(key));
  }

  Optional<Double> optionalReal(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Real(double value) -> Optional.of(value);
      case GgufValue other -> throw wrong(key, other, "a number");
    };
  }

  boolean bool(String key, boolean otherwise) {
    return switch (values.get(key)) {
      case null -> otherwise;
      case GgufValue.Bool(boolean value) -> value;
      case GgufValue other -> throw wrong(key, other, "true or false");
    };
  }

  List<String> texts(String key) {
    return items(key).stream().map(item -> {
      if (item instanceof GgufValue.Text(String value)) {
        return value;
      }
      throw wrong(key, item, "a list of text");
    }).toList();
  }

  List<Integer> wholes(String key) {
    return items(key).stream().map(item -> {
      if (item instanceof GgufValue.Whole(long value) && value == (int) value) {
        return (int) value;
      }
      throw wrong(key, item, "a list of whole numbers");
    }).toList();
  }

  private List<GgufValue> items(String key) {
    return switch (values.get(key)) {
      case null -> throw missing(key);
      case GgufValue.Items(List<GgufValue> items) -> items;
      case GgufValue other -> throw wrong(key, other, "a list");
    };
  }

  private GgufException missing(String key) {
    return new GgufException(file + ": the key " + key + " is missing; the import needs it.");
  }

  private GgufException wrong(String key, GgufValue found, String needed) {
    return new GgufException(file + ": " + key + " is or holds " + found.kind() + "; " + needed + " is needed.");
  }
}
