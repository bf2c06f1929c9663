package dev.penstock.generators.text.constraint.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.text.constraint.expression.Expression;

/// Keywords that count characters or items.
final class Counts {

  private static final int LARGEST = 1_000_000;

  private Counts() {}

  /// @param absent what a missing keyword means
  static int of(JsonNode schema, String keyword, String pointer, int absent) {
    JsonNode value = schema.get(keyword);
    if (value == null) return absent;
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0 || value.intValue() > LARGEST)
      throw new SchemaException(
          pointer + "/" + keyword,
          "stands " + Keywords.shown(value.toString()) + "; a whole number from 0 to " + LARGEST + " is allowed");
    return value.intValue();
  }

  static void ordered(String pointer, String low, int least, String high, int most, String what) {
    if (most != Expression.UNBOUNDED && least > most)
      throw new SchemaException(
          pointer, low + " " + least + " is above " + high + " " + most + ", so no " + what + " is possible");
  }
}
