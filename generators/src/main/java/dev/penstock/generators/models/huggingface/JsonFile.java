package dev.penstock.generators.models.huggingface;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.ModelImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A JSON object of somebody else's folder, read key by key; every complaint names file, key and what is needed.
/// Bounded in size and depth; a key that is there twice is refused.
public final class JsonFile {

  private static final int MAX_DEPTH = 100;

  private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(1 << 20).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String file;
  private final JsonNode object;

  private JsonFile(String file, JsonNode object) {
    this.file = file;
    this.object = object;
  }

  /// @param maxBytes a larger file is refused unread
  /// @throws ModelImportException it is missing, too large, no JSON, or no object
  public static JsonFile read(Path file, long maxBytes) {
    if (!Files.isRegularFile(file)) {
      throw new ModelImportException(file.getFileName() + " is missing in " + file.getParent() + "; the import needs it.");
    }
    try {
      long size = Files.size(file);
      if (size > maxBytes) {
        throw new ModelImportException(file + " has " + size + " bytes; at most " + maxBytes + " are allowed.");
      }
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new ModelImportException(file + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  /// @param name names the text in complaints
  /// @throws ModelImportException it is no JSON, or no object
  static JsonFile parse(String name, byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node == null || !node.isObject()) {
        throw new ModelImportException(name + " is no JSON object; one is needed.");
      }
      return new JsonFile(name, node);
    } catch (JsonProcessingException malformed) {
      String problem = malformed.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw new ModelImportException(name + " is not readable JSON: " + problem + ".", malformed);
    } catch (IOException impossible) {
      throw new ModelImportException(name + " is not readable JSON.", impossible);
    }
  }

  public JsonNode node() {
    return object;
  }

  /// Whether the key is there and not null.
  public boolean has(String key) {
    return object.hasNonNull(key);
  }

  public JsonFile object(String key) {
    JsonNode value = object.path(key);
    if (!value.isObject()) {
      throw wrong(key, "an object is needed");
    }
    return new JsonFile(file + ": " + key, value);
  }

  public String text(String key) {
    return optionalText(key).orElseThrow(() -> wrong(key, "text is needed"));
  }

  public Optional<String> optionalText(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!object.get(key).isTextual()) {
      throw wrong(key, "text is needed");
    }
    return Optional.of(object.get(key).textValue());
  }

  /// A whole number from 1 to 2^31 - 1: a size or a count.
  public int size(String key) {
    return optionalSize(key).orElseThrow(() -> wrong(key, "a whole number is needed"));
  }

  public Optional<Integer> optionalSize(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode value = object.get(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw wrong(key, "a whole number from 1 to " + Integer.MAX_VALUE + " is needed");
    }
    return Optional.of(value.intValue());
  }

  public double real(String key) {
    return optionalReal(key).orElseThrow(() -> wrong(key, "a number is needed"));
  }

  public Optional<Double> optionalReal(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!object.get(key).isNumber() || !Double.isFinite(object.get(key).doubleValue())) {
      throw wrong(key, "a number is needed");
    }
    return Optional.of(object.get(key).doubleValue());
  }

  public boolean bool(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!object.get(key).isBoolean()) {
      throw wrong(key, "true or false is needed");
    }
    return object.get(key).booleanValue();
  }

  /// A refusal of this file.
  public ModelImportException refused(String problem) {
    return new ModelImportException(file + ": " + problem + ".");
  }

  private ModelImportException wrong(String key, String needed) {
    String found = has(key) ? "is " + shortened(object.get(key).toString()) : "is missing";
    return refused(key + " " + found + "; " + needed);
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 77) + "...";
  }
}
