package dev.penstock.generators.text.template.syntax;

/// One token of a template.
///
/// @param text the text between tags, the name, the string's content without quotes and escapes, the number's digits,
///     or the operator
record Token(Kind kind, String text, Position position) {
  enum Kind {
    /// Text between tags, with the white space already cut that the tags ask to cut.
    TEXT,
    PRINT_BEGIN,
    PRINT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    REAL,
    OPERATOR,
    END
  }

  boolean is(Kind expected, String expectedText) {
    return kind == expected && text.equals(expectedText);
  }

  boolean isOperator(String operator) {
    return is(Kind.OPERATOR, operator);
  }

  boolean isName(String name) {
    return is(Kind.NAME, name);
  }

  /// How an error sentence shows it.
  String shown() {
    return switch (kind) {
      case TEXT -> "text";
      case PRINT_BEGIN -> "{{";
      case PRINT_END -> "}}";
      case BLOCK_BEGIN -> "{%";
      case BLOCK_END -> "%}";
      case STRING -> "a string";
      case NAME, INTEGER, REAL, OPERATOR -> "'" + text + "'";
      case END -> "the end of the template";
    };
  }
}
