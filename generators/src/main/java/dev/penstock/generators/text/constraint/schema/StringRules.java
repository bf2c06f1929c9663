package dev.penstock.generators.text.constraint.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.text.constraint.expression.Budget;
import dev.penstock.generators.text.constraint.expression.CodePoints;
import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.constraint.expression.Intersection;
import dev.penstock.generators.text.constraint.expression.TooComplexException;
import dev.penstock.generators.text.constraint.regex.RegexException;
import dev.penstock.generators.text.constraint.regex.RegexParser;

/// What may stand between the quotes of a string.
record StringRules(JsonNode schema, String pointer, Budget budget) {

  Expression characters() {
    int least = Counts.of(schema, "minLength", pointer, 0);
    int most = Counts.of(schema, "maxLength", pointer, Expression.UNBOUNDED);
    Counts.ordered(pointer, "minLength", least, "maxLength", most, "string");
    boolean anyLength = least == 0 && most == Expression.UNBOUNDED;
    if (schema.has("format")) return format(anyLength);
    Expression length = Expression.repetition(JsonText.PLAIN_CHARACTER, least, most);
    if (!schema.has("pattern")) return length;
    Expression pattern = pattern();
    return anyLength ? pattern : intersection(pattern, least, most);
  }

  private Expression format(boolean anyLength) {
    String format = schema.get("format").asText();
    if (!anyLength || schema.has("pattern"))
      throw new SchemaException(pointer, "format stands beside a length or a pattern; only one of them is supported");
    return StringFormats.characters(format)
        .orElseThrow(
            () ->
                new SchemaException(
                    pointer + "/format",
                    "stands " + Keywords.shown(format) + "; supported are " + StringFormats.names()));
  }

  private Expression pattern() {
    if (!schema.get("pattern").isTextual()) throw new SchemaException(pointer + "/pattern", "stands no text");
    Expression around = Expression.repetition(JsonText.PLAIN_CHARACTER, 0, Expression.UNBOUNDED);
    try {
      Expression pattern = RegexParser.anywhere(schema.get("pattern").textValue(), JsonText::character, around);
      if (pattern == Expression.NOTHING)
        throw new SchemaException(pointer + "/pattern", "stands a pattern that matches control characters only");
      return pattern;
    } catch (RegexException e) {
      throw new SchemaException(pointer + "/pattern", "stands a regular expression that cannot be used: " + e.getMessage());
    }
  }

  private Expression intersection(Expression pattern, int least, int most) {
    Expression any = JsonText.character(CodePoints.all());
    try {
      Expression both = Intersection.of(pattern, Expression.repetition(any, least, most), budget);
      if (both == Expression.NOTHING)
        throw new SchemaException(pointer, "no string has both the pattern and the length");
      return both;
    } catch (TooComplexException e) {
      throw new SchemaException(pointer, "pattern and length together are too complex: " + e.getMessage());
    }
  }
}
