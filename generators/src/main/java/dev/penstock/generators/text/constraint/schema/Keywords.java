package dev.penstock.generators.text.constraint.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The keywords of JSON Schema (2020-12) that decoding can keep.
final class Keywords {

  /// What only describes.
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title", "description", "default", "examples", "$comment", "$schema", "$id", "deprecated", "readOnly",
          "writeOnly");
  private static final Set<String> AT_THE_ROOT = Set.of("$defs", "definitions");

  /// Type to the keywords that go with it.
  private static final Map<String, Set<String>> OF_TYPE = new LinkedHashMap<>();

  static {
    OF_TYPE.put("object", Set.of("properties", "required", "additionalProperties"));
    OF_TYPE.put("array", Set.of("items", "minItems", "maxItems"));
    OF_TYPE.put("string", Set.of("minLength", "maxLength", "pattern", "format"));
    OF_TYPE.put("integer", Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"));
    OF_TYPE.put("number", Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"));
    OF_TYPE.put("boolean", Set.of());
    OF_TYPE.put("null", Set.of());
  }

  private Keywords() {}

  static String types() {
    return String.join(", ", OF_TYPE.keySet());
  }

  static boolean isType(String word) {
    return OF_TYPE.containsKey(word);
  }

  /// Refuses what a schema of these types cannot hold.
  static void checkTyped(JsonNode schema, String pointer, List<String> types) {
    Set<String> allowed = new TreeSet<>(Set.of("type"));
    types.forEach(type -> allowed.addAll(OF_TYPE.get(type)));
    check(schema, pointer, allowed, " beside type " + String.join(" or ", types));
  }

  /// Refuses everything beside one keyword that decides alone.
  static void checkAlone(JsonNode schema, String pointer, String... keywords) {
    check(schema, pointer, new TreeSet<>(Set.of(keywords)), " beside " + keywords[0]);
  }

  /// Refuses everything where nothing says what the value is.
  static void checkUntyped(JsonNode schema, String pointer) {
    check(schema, pointer, new TreeSet<>(Set.of("type", "enum", "const", "anyOf", "$ref")), "");
  }

  private static void check(JsonNode schema, String pointer, Set<String> allowed, String beside) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      String keyword = entry.getKey();
      boolean known =
          allowed.contains(keyword)
              || ANNOTATIONS.contains(keyword)
              || pointer.isEmpty() && AT_THE_ROOT.contains(keyword);
      if (!known)
        throw new SchemaException(
            pointer,
            "the keyword " + shown(keyword) + " is not supported" + beside + "; supported are "
                + String.join(", ", allowed));
    }
  }

  static String shown(String word) {
    String plain = word.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= 60 ? plain : plain.substring(0, 60) + "…";
  }
}
