package dev.penstock.generators.text.template.value;

/// Which characters Python counts as white space, and cutting them off the ends.
public final class CharacterClasses {
  private CharacterClasses() {}

  /// Python's `str.isspace`: bidirectional type WS, B or S, or category Zs. Java's own idea of white space differs in
  /// the no-break spaces and in U+0085.
  public static boolean isSpace(int point) {
    return switch (point) {
      case '\t', '\n', 0x0b, '\f', '\r', 0x1c, 0x1d, 0x1e, 0x1f, ' ', 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f,
          0x205f, 0x3000 -> true;
      default -> point >= 0x2000 && point <= 0x200a;
    };
  }

  public static String strip(String text) {
    return stripEnd(stripStart(text));
  }

  public static String stripStart(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  public static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
