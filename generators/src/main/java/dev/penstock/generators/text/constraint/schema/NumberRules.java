package dev.penstock.generators.text.constraint.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.constraint.schema.NumberRanges.Range;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A number's keywords as a range with whole ends.
final class NumberRules {

  private NumberRules() {}

  static Expression expression(JsonNode schema, String pointer, String type) {
    Long minimum = end(schema, "minimum", pointer);
    Long above = end(schema, "exclusiveMinimum", pointer);
    Long maximum = end(schema, "maximum", pointer);
    Long below = end(schema, "exclusiveMaximum", pointer);
    boolean withLeast = above == null || minimum != null && minimum > above;
    boolean withMost = below == null || maximum != null && maximum < below;
    long least = withLeast ? minimum == null ? -NumberRanges.LARGEST : minimum : above;
    long most = withMost ? maximum == null ? NumberRanges.LARGEST : maximum : below;
    Range range = new Range(least, withLeast, most, withMost);
    Expression numbers = type.equals("integer") ? NumberRanges.integers(range) : NumberRanges.numbers(range);
    if (numbers == Expression.NOTHING)
      throw new SchemaException(
          pointer, "no " + type + " lies between the lower end " + least + " and the upper end " + most);
    return numbers;
  }

  private static @Nullable Long end(JsonNode schema, String keyword, String pointer) {
    JsonNode value = schema.get(keyword);
    if (value == null) return null;
    boolean fits = value.isNumber() && value.decimalValue().abs().compareTo(BigDecimal.valueOf(NumberRanges.LARGEST)) <= 0;
    if (!fits || value.decimalValue().stripTrailingZeros().scale() > 0)
      throw new SchemaException(
          pointer + "/" + keyword,
          "stands " + Keywords.shown(value.toString()) + "; a whole number of at most 15 digits is supported");
    return value.decimalValue().longValue();
  }
}
