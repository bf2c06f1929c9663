package dev.penstock.generators.text.constraint.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.generators.text.constraint.expression.CodePoints;
import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.constraint.expression.Intersection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How values are written: compact, UTF-8, each character in one way only, so that a character counts as one.
final class JsonText {

  private static final JsonMapper MAPPER = new JsonMapper();

  /// What is written with a backslash, and how.
  private static final Map<Integer, String> ESCAPES =
      Map.of((int) '"', "\\\"", (int) '\\', "\\\\", (int) '\n', "\\n", (int) '\t', "\\t");

  /// What a string may hold: no control characters but the tab and the end of a line.
  private static final CodePoints WRITABLE =
      CodePoints.range(0, 0x1F).or(CodePoints.range(0x7F, 0x9F)).complement().or(CodePoints.of("\n\t"));

  /// One character of a text that no pattern rules.
  static final Expression PLAIN_CHARACTER = character(CodePoints.of("\t").complement());

  private JsonText() {}

  /// One character of a set inside a string.
  static Expression character(CodePoints points) {
    CodePoints left = points.and(WRITABLE);
    List<Expression> options = new ArrayList<>();
    for (int escaped : ESCAPES.keySet().stream().sorted().toList())
      if (left.contains(escaped)) {
        options.add(Expression.text(ESCAPES.get(escaped)));
        left = left.and(CodePoints.range(escaped, escaped).complement());
      }
    options.addFirst(left.utf8());
    return Intersection.prepared(Expression.choice(options));
  }

  static Expression string(Expression characters) {
    return Expression.sequence(List.of(Expression.text("\""), characters, Expression.text("\"")));
  }

  /// A value as it stands.
  static Expression literal(JsonNode value) {
    return Expression.text(compact(value));
  }

  static String compact(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that was read can be written", e);
    }
  }

  static Expression key(String name) {
    return Expression.sequence(literal(MAPPER.getNodeFactory().textNode(name)), Expression.text(":"));
  }
}
