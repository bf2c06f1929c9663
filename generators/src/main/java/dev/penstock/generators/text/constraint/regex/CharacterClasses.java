package dev.penstock.generators.text.constraint.regex;

import dev.penstock.generators.text.constraint.expression.CodePoints;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/// The sets of characters that have a short name. `\d`, `\w` and `\s` are ASCII; `.` is all but the ends of lines of
/// ECMA-262.
final class CharacterClasses {

  static final CodePoints DOT = CodePoints.of("\n\r\u2028\u2029").complement();

  private static final CodePoints DIGIT = CodePoints.range('0', '9');
  private static final CodePoints WORD =
      DIGIT.or(CodePoints.range('a', 'z')).or(CodePoints.range('A', 'Z')).or(CodePoints.of("_"));
  private static final CodePoints SPACE = CodePoints.of(" \t\n\r\f\u000B");

  private static final Map<String, IntPredicate> PROPERTIES =
      Map.of(
          "L", Character::isLetter,
          "Lu", point -> Character.getType(point) == Character.UPPERCASE_LETTER,
          "Ll", point -> Character.getType(point) == Character.LOWERCASE_LETTER,
          "N", point -> isOneOf(point, Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER),
          "Nd", point -> Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER,
          "P", point -> isPunctuation(Character.getType(point)),
          "S", point -> isOneOf(point, Character.MATH_SYMBOL, Character.OTHER_SYMBOL),
          "Zs", point -> Character.getType(point) == Character.SPACE_SEPARATOR);
  private static final Map<String, CodePoints> KNOWN = new ConcurrentHashMap<>();

  private CharacterClasses() {}

  /// What `\d`, `\D`, `\w`, `\W`, `\s`, `\S` stand for.
  static Optional<CodePoints> escape(int letter) {
    return Optional.ofNullable(
        switch (letter) {
          case 'd' -> DIGIT;
          case 'D' -> DIGIT.complement();
          case 'w' -> WORD;
          case 'W' -> WORD.complement();
          case 's' -> SPACE;
          case 'S' -> SPACE.complement();
          default -> null;
        });
  }

  /// What a name in `\p{...}` stands for.
  static Optional<CodePoints> property(String name) {
    IntPredicate belongs = PROPERTIES.get(name);
    return belongs == null
        ? Optional.empty()
        : Optional.of(KNOWN.computeIfAbsent(name, n -> CodePoints.where(belongs)));
  }

  static String properties() {
    return String.join(", ", PROPERTIES.keySet().stream().sorted().toList());
  }

  private static boolean isPunctuation(int type) {
    return switch (type) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isOneOf(int point, int firstType, int lastType) {
    int type = Character.getType(point);
    return type >= firstType && type <= lastType;
  }
}
