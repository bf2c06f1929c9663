package dev.penstock.generators.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One mapping of a YAML file, read key by key; every complaint names file, key and what is allowed.
public final class YamlSection {

  /// A manifest or a catalogue is a few pages of text; anything larger is something else.
  private static final long MAX_BYTES = 1 << 20;

  private static final YAMLMapper YAML = YAMLMapper.builder(
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()).build();

  private final String file;
  private final String path;
  private final JsonNode node;

  private YamlSection(String file, String path, @Nullable JsonNode node) {
    this.file = file;
    this.path = path;
    if (node == null || !node.isObject()) {
      throw new InvalidModelException(file + ": " + (path.isEmpty() ? "the file" : path)
          + " must be a mapping of keys to values.");
    }
    this.node = node;
  }

  /// The whole of a YAML file.
  ///
  /// @throws InvalidModelException it is missing, too large, not YAML, holds a key twice, or is no mapping
  public static YamlSection read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new InvalidModelException(file + " has " + size + " bytes; at most " + MAX_BYTES + " are allowed.");
      }
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException missing) {
      throw new InvalidModelException(file + " is missing; a model folder needs it.", missing);
    } catch (IOException unreadable) {
      throw new InvalidModelException(file + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  /// The whole of a YAML text.
  ///
  /// @param file names the text in complaints
  /// @throws InvalidModelException it is not YAML, holds a key twice, or is no mapping
  public static YamlSection parse(String file, byte[] yaml) {
    try {
      return new YamlSection(file, "", YAML.readTree(yaml));
    } catch (JsonProcessingException malformed) {
      throw new InvalidModelException(file + " is not readable YAML: " + firstLine(malformed.getOriginalMessage())
          + " (line " + malformed.getLocation().getLineNr() + ").", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Bytes in memory are always readable.", impossible);
    }
  }

  /// Refuses every key that is not one of `allowed`.
  public YamlSection allow(String... allowed) {
    var words = List.of(allowed);
    for (String key : keys()) {
      if (!words.contains(key)) {
        String hint = Spelling.nearest(key, words).map(near -> " Did you mean " + near + "?").orElse("");
        throw new InvalidModelException(file + ": the key " + at(key) + " is not known; allowed are "
            + String.join(", ", new TreeSet<>(words)) + "." + hint);
      }
    }
    return this;
  }

  public List<String> keys() {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  public YamlSection section(String key) {
    return new YamlSection(file, at(key), node.get(key));
  }

  public boolean has(String key) {
    JsonNode value = node.get(key);
    return value != null && !value.isNull();
  }

  public String text(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw wrong(key, "text is needed (in quotes if it looks like a number)");
    }
    return value.textValue();
  }

  public @Nullable String optionalText(String key) {
    return has(key) ? text(key) : null;
  }

  /// Text that may be empty; absent counts as empty.
  public String textOrEmpty(String key) {
    JsonNode value = node.get(key);
    if (value != null && !value.isNull() && !value.isTextual()) {
      throw wrong(key, "text is needed");
    }
    return value == null || value.isNull() ? "" : value.textValue();
  }

  public int integer(String key, int minimum, int maximum) {
    return (int) wholeNumber(key, minimum, maximum);
  }

  public long wholeNumber(String key, long minimum, long maximum) {
    JsonNode value = node.get(key);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()
        || value.longValue() < minimum || value.longValue() > maximum) {
      throw wrong(key, "a whole number from " + minimum + " to " + maximum + " is needed");
    }
    return value.longValue();
  }

  public double number(String key) {
    return number(key, node.get(key));
  }

  public boolean bool(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isBoolean()) {
      throw wrong(key, "true or false is needed");
    }
    return value.booleanValue();
  }

  /// The value whose word equals the text under `key`.
  public <T> T choice(String key, T[] values, Function<? super T, String> word) {
    return chosen(key, textOrEmpty(key), values, word, "one of ");
  }

  /// A list of such values; absent counts as empty.
  public <T> List<T> choices(String key, T[] values, Function<? super T, String> word) {
    return texts(key).stream().map(text -> chosen(key, text, values, word, "a list of ")).toList();
  }

  private <T> T chosen(String key, String text, T[] values, Function<? super T, String> word, String needed) {
    return Stream.of(values).filter(value -> word.apply(value).equals(text)).findFirst().orElseThrow(
        () -> wrong(key, needed + Stream.of(values).map(word).collect(Collectors.joining(", ")) + " is needed"));
  }

  /// A list of texts; absent counts as empty.
  public List<String> texts(String key) {
    var list = new ArrayList<String>();
    if (has(key)) {
      for (JsonNode item : list(key)) {
        if (!item.isTextual()) {
          throw wrong(key, "a list of texts is needed (in quotes if they look like numbers)");
        }
        list.add(item.textValue());
      }
    }
    return list;
  }

  public List<Double> numbers(String key) {
    var list = new ArrayList<Double>();
    for (JsonNode item : list(key)) {
      list.add(number(key, item));
    }
    return list;
  }

  /// Everything below this section as plain Java values, in the file's order.
  Map<String, Object> values() {
    var values = new LinkedHashMap<String, Object>();
    for (var entry : node.properties()) {
      values.put(entry.getKey(), value(at(entry.getKey()), entry.getValue()));
    }
    return values;
  }

  /// Runs `part`, putting this section's place before the complaint of a record that refused its values.
  public <T> T build(Supplier<T> part) {
    try {
      return part.get();
    } catch (InvalidModelException refused) {
      String message = String.valueOf(refused.getMessage());
      String place = file + ": ";
      throw message.startsWith(place)
          ? refused : new InvalidModelException(place + (path.isEmpty() ? "" : path + ".") + message, refused);
    }
  }

  public InvalidModelException wrong(String key, String needed) {
    JsonNode value = node.get(key);
    String found = value == null ? "is missing" : "is " + shortened(value.toString());
    return new InvalidModelException(file + ": " + at(key) + " " + found + "; " + needed + ".");
  }

  private Object value(String place, JsonNode value) {
    if (value.isObject()) {
      return new YamlSection(file, place, value).values();
    }
    if (value.isArray()) {
      return value.valueStream().map(item -> value(place, item)).toList();
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return value.isBoolean() ? (Object) value.booleanValue() : value.asText();
  }

  private double number(String key, @Nullable JsonNode value) {
    if (value == null || !value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(key, "a number is needed");
    }
    return value.doubleValue();
  }

  private JsonNode list(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isArray()) {
      throw wrong(key, "a list is needed");
    }
    return value;
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
