package dev.penstock.producer.cli;

/// Text from a model or a stranger, made safe for a terminal.
public final class Printable {

  private Printable() {}

  /// The text without control characters, which could move the cursor or change the title; line breaks stay.
  public static String text(String text) {
    return text.codePoints()
        .filter(c -> c == '\n' || !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// The text in one line of at most `length` characters.
  public static String line(String text, int length) {
    String line = text(text.replaceAll("\\s+", " ")).strip();
    int characters = line.codePointCount(0, line.length());
    return characters <= length ? line : line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
  }
}
