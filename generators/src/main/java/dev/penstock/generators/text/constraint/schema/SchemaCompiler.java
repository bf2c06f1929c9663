package dev.penstock.generators.text.constraint.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.generators.text.constraint.expression.Budget;
import dev.penstock.generators.text.constraint.expression.Expression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns a JSON Schema into the language of all compact JSON texts that keep it: keys in the schema's order, nothing
/// beside the properties it names. What decoding cannot keep is refused by name and place, so that no keyword is ever
/// passed over in silence. One use.
public final class SchemaCompiler {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NODES = 2_000;
  private static final int MAX_VALUES = 256;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonNode root;
  private final Budget budget;
  private int nodes;

  private SchemaCompiler(JsonNode root, Budget budget) {
    this.root = root;
    this.budget = budget;
  }

  /// @param budget what patterns with a length may cost
  /// @throws SchemaException if the schema is no JSON, impossible, or asks for what is not supported
  /// @throws dev.penstock.generators.text.constraint.expression.TooComplexException if the budget does not do
  public static Schema compile(String schema, Budget budget) {
    JsonNode root = read(schema);
    Expression language = new SchemaCompiler(root, budget).value(root, "", 0);
    return new Schema(language, examples(root, language));
  }

  /// A compiled schema.
  ///
  /// @param examples what the schema gives as `examples`, in the form in which it would be written
  public record Schema(Expression language, List<String> examples) {}

  private static List<String> examples(JsonNode root, Expression language) {
    JsonNode examples = root.path("examples");
    if (!examples.isMissingNode() && !examples.isArray()) throw new SchemaException("/examples", "stands no list");
    List<String> texts = new ArrayList<>();
    for (JsonNode example : examples) {
      texts.add(JsonText.compact(example));
      if (!language.matches(texts.getLast().getBytes(StandardCharsets.UTF_8)))
        throw new SchemaException(
            "/examples/" + (texts.size() - 1),
            "stands an example that the schema itself does not allow (keys stand in the order of properties)");
    }
    return texts;
  }

  private static JsonNode read(String schema) {
    try {
      return MAPPER.readTree(schema);
    } catch (JsonProcessingException e) {
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new SchemaException(
          "",
          "is no JSON at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ": "
              + Keywords.shown(what));
    }
  }

  private Expression value(JsonNode schema, String pointer, int depth) {
    if (!schema.isObject()) throw new SchemaException(pointer, "is no JSON object; a schema is one");
    if (depth > MAX_DEPTH)
      throw new SchemaException(pointer, "lies deeper than " + MAX_DEPTH + " levels; a $ref to itself is not supported");
    if (++nodes > MAX_NODES)
      throw new SchemaException(pointer, "is one schema too many; at most " + MAX_NODES + " are allowed, $ref counts each time");
    if (schema.has("$ref")) return reference(schema, pointer, depth);
    if (schema.has("anyOf")) return anyOf(schema, pointer, depth);
    if (schema.has("const")) {
      Keywords.checkAlone(schema, pointer, "const", "type");
      return literals(List.of(schema.get("const")), schema, pointer + "/const");
    }
    if (schema.has("enum")) {
      Keywords.checkAlone(schema, pointer, "enum", "type");
      return literals(list(schema, "enum", pointer), schema, pointer + "/enum");
    }
    List<String> types = types(schema, pointer);
    if (types.isEmpty()) {
      Keywords.checkUntyped(schema, pointer);
      throw new SchemaException(pointer, "has no type; one of type, enum, const, anyOf, $ref is needed");
    }
    Keywords.checkTyped(schema, pointer, types);
    return Expression.choice(types.stream().map(type -> typed(type, schema, pointer, depth)).toList());
  }

  private Expression typed(String type, JsonNode schema, String pointer, int depth) {
    return switch (type) {
      case "object" -> object(schema, pointer, depth);
      case "array" -> array(schema, pointer, depth);
      case "string" -> JsonText.string(new StringRules(schema, pointer, budget).characters());
      case "integer", "number" -> NumberRules.expression(schema, pointer, type);
      case "boolean" -> Expression.choice(Expression.text("true"), Expression.text("false"));
      case "null" -> Expression.text("null");
      default -> throw new IllegalStateException(type);
    };
  }

  private static List<String> types(JsonNode schema, String pointer) {
    JsonNode type = schema.get("type");
    if (type == null) return List.of();
    List<JsonNode> words = type.isArray() ? type.valueStream().toList() : List.of(type);
    for (JsonNode word : words)
      if (!word.isTextual() || !Keywords.isType(word.textValue()))
        throw new SchemaException(pointer + "/type", "stands " + Keywords.shown(word.toString()) + "; types are " + Keywords.types());
    if (words.isEmpty()) throw new SchemaException(pointer + "/type", "stands no type");
    return words.stream().map(JsonNode::textValue).distinct().toList();
  }

  private Expression reference(JsonNode schema, String pointer, int depth) {
    Keywords.checkAlone(schema, pointer, "$ref");
    String target = schema.get("$ref").asText();
    boolean local = target.startsWith("#/$defs/") || target.startsWith("#/definitions/");
    JsonNode found = local ? root.at(target.substring(1)) : null;
    if (found == null || found.isMissingNode())
      throw new SchemaException(
          pointer, "$ref is " + Keywords.shown(target) + "; only what stands below #/$defs/ of the same schema is found");
    return value(found, target.substring(1), depth + 1);
  }

  private Expression anyOf(JsonNode schema, String pointer, int depth) {
    Keywords.checkAlone(schema, pointer, "anyOf");
    List<Expression> options = new ArrayList<>();
    for (JsonNode option : list(schema, "anyOf", pointer))
      options.add(value(option, pointer + "/anyOf/" + options.size(), depth + 1));
    return Expression.choice(options);
  }

  private static List<JsonNode> list(JsonNode schema, String keyword, String pointer) {
    JsonNode list = schema.get(keyword);
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_VALUES)
      throw new SchemaException(pointer + "/" + keyword, "stands no list of 1 to " + MAX_VALUES + " entries");
    return list.valueStream().toList();
  }

  private static Expression literals(List<JsonNode> values, JsonNode schema, String pointer) {
    List<String> types = types(schema, pointer);
    for (JsonNode value : values)
      if (!types.isEmpty() && types.stream().noneMatch(type -> isOf(type, value)))
        throw new SchemaException(pointer, "stands " + Keywords.shown(value.toString()) + ", which is no " + String.join(" or ", types));
    return Expression.choice(values.stream().map(JsonText::literal).toList());
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber() || value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isNull();
    };
  }

  private Expression object(JsonNode schema, String pointer, int depth) {
    JsonNode properties = schema.path("properties");
    if (!properties.isObject() || properties.isEmpty())
      throw new SchemaException(pointer, "is an object without properties; name those that are to be written");
    JsonNode additional = schema.get("additionalProperties");
    if (additional != null && !additional.isBoolean())
      throw new SchemaException(pointer + "/additionalProperties", "stands no true or false; others than the named are never written");
    Set<String> required = required(schema, properties, pointer);
    Map<String, Expression> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String name = property.getKey();
      Expression value = value(property.getValue(), pointer + "/properties/" + Keywords.shown(name), depth + 1);
      members.put(name, Expression.sequence(JsonText.key(name), value));
    }
    return Expression.sequence(
        List.of(Expression.text("{"), members(members, required), Expression.text("}")));
  }

  private static Set<String> required(JsonNode schema, JsonNode properties, String pointer) {
    JsonNode required = schema.path("required");
    if (!required.isMissingNode() && !required.isArray())
      throw new SchemaException(pointer + "/required", "stands no list of names");
    for (JsonNode name : required)
      if (!properties.has(name.asText()))
        throw new SchemaException(
            pointer + "/required",
            "stands " + Keywords.shown(name.toString()) + ", which properties does not describe, so it could not be written");
    return required.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
  }

  /// All members from the last to the first, each with and without something before it.
  private static Expression members(Map<String, Expression> members, Set<String> required) {
    Expression asFirst = Expression.EMPTY;
    Expression asNext = Expression.EMPTY;
    for (String name : List.copyOf(members.keySet()).reversed()) {
      Expression with = Expression.sequence(members.get(name), asNext);
      Expression withComma = Expression.sequence(Expression.text(","), with);
      boolean optional = !required.contains(name);
      asFirst = optional ? Expression.choice(with, asFirst) : with;
      asNext = optional ? Expression.choice(withComma, asNext) : withComma;
    }
    return asFirst;
  }

  private Expression array(JsonNode schema, String pointer, int depth) {
    int least = Counts.of(schema, "minItems", pointer, 0);
    int most = Counts.of(schema, "maxItems", pointer, Expression.UNBOUNDED);
    Counts.ordered(pointer, "minItems", least, "maxItems", most, "array");
    if (!schema.has("items")) throw new SchemaException(pointer, "is an array without items; say what it holds");
    Expression item = value(schema.get("items"), pointer + "/items", depth + 1);
    return Expression.sequence(List.of(Expression.text("["), items(item, least, most), Expression.text("]")));
  }

  private static Expression items(Expression item, int least, int most) {
    if (most == 0) return Expression.EMPTY;
    Expression more = Expression.sequence(Expression.text(","), item);
    int upper = most == Expression.UNBOUNDED ? most : most - 1;
    Expression some = Expression.sequence(item, Expression.repetition(more, Math.max(least - 1, 0), upper));
    return least == 0 ? Expression.choice(Expression.EMPTY, some) : some;
  }
}
