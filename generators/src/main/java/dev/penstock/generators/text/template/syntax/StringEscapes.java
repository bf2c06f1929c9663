package dev.penstock.generators.text.template.syntax;

/// Python's escapes in a string literal. An escape that Python does not know stands for itself, backslash included.
final class StringEscapes {
  private static final String SIMPLE = "\\'\"abfnrtv";
  private static final String MEANING = "\\'\"\u0007\b\f\n\r\t\u000b";

  private StringEscapes() {}

  /// The content of the literal between `start` and `end`, both inside its quotes.
  static String resolve(Source source, int start, int end) {
    StringBuilder content = new StringBuilder(end - start);
    int at = start;
    while (at < end) {
      int backslash = source.text().indexOf('\\', at);
      if (backslash < 0 || backslash >= end) {
        content.append(source.text(), at, end);
        break;
      }
      content.append(source.text(), at, backslash);
      at = escape(source, backslash, content);
    }
    return content.toString();
  }

  /// Appends what the escape at `backslash` stands for; answers where the literal goes on.
  private static int escape(Source source, int backslash, StringBuilder content) {
    char letter = source.at(backslash + 1);
    if (SIMPLE.indexOf(letter) >= 0) {
      content.append(MEANING.charAt(SIMPLE.indexOf(letter)));
      return backslash + 2;
    }
    return switch (letter) {
      case '\n' -> backslash + 2;
      case 'x' -> number(source, backslash, 2, content);
      case 'u' -> number(source, backslash, 4, content);
      case 'U' -> number(source, backslash, 8, content);
      case 'N' -> throw source.error(backslash, "characters cannot be written by name; use \\u and four hex digits.");
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(source, backslash + 1, content);
      default -> {
        content.append('\\');
        yield backslash + 1;
      }
    };
  }

  private static int number(Source source, int backslash, int digits, StringBuilder content) {
    int end = Math.min(backslash + 2 + digits, source.length());
    String hex = source.text().substring(backslash + 2, end);
    if (hex.length() < digits || !hex.chars().allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 128)
        || Long.parseLong(hex, 16) > Character.MAX_CODE_POINT) {
      throw source.error(backslash, "this escape needs %d hex digits of a Unicode character.".formatted(digits));
    }
    content.appendCodePoint(Integer.parseInt(hex, 16));
    return end;
  }

  private static int octal(Source source, int start, StringBuilder content) {
    int end = start;
    int code = 0;
    while (end < start + 3 && source.at(end) >= '0' && source.at(end) <= '7') {
      code = code * 8 + source.at(end) - '0';
      end++;
    }
    content.append((char) code);
    return end;
  }
}
