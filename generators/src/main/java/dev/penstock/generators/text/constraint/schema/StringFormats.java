package dev.penstock.generators.text.constraint.schema;

import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.constraint.regex.RegexParser;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What `format` can ask of a string. Each writes only what every validator takes: a day in February is at most the
/// 28th, a time ends with Z, letters are lower case.
final class StringFormats {

  private static final String DATE =
      "(19|20)\\d\\d-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))";
  private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ";
  private static final String OCTET = "(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])";
  private static final Map<String, String> PATTERNS =
      new TreeMap<>(
          Map.of(
              "date", DATE,
              "time", TIME,
              "date-time", "(" + DATE + ")T(" + TIME + ")",
              "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
              "ipv4", OCTET + "(\\." + OCTET + "){3}"));

  private StringFormats() {}

  static Optional<Expression> characters(String format) {
    return Optional.ofNullable(PATTERNS.get(format)).map(regex -> RegexParser.whole(regex, JsonText::character));
  }

  static String names() {
    return String.join(", ", PATTERNS.keySet());
  }
}
