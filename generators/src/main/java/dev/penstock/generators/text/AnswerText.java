package dev.penstock.generators.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of an answer is published: models like to put it into quotes and blank lines.
final class AnswerText {

  /// Opening to closing quote.
  private static final Map<Character, Character> QUOTES =
      Map.of('"', '"', '“', '”', '„', '“', '«', '»', '\'', '\'', '‘', '’', '`', '`');

  private AnswerText() {}

  /// The quote that closes this one, or null if it is none.
  static @Nullable Character closing(char quote) {
    return QUOTES.get(quote);
  }

  /// The text without surrounding white space and without quotes that enclose the whole of it, or that were opened
  /// before it and never closed (an apostrophe is not a quote then).
  static String tidy(String text) {
    String tidy = text.strip();
    while (!tidy.isEmpty()) {
      Character closing = QUOTES.get(tidy.charAt(0));
      if (closing == null) return tidy;
      int close = tidy.indexOf(closing, 1);
      boolean enclosing = close == tidy.length() - 1 || close < 0 && closing != '\'';
      if (!enclosing) return tidy;
      tidy = tidy.substring(1, close < 0 ? tidy.length() : close).strip();
    }
    return tidy;
  }
}
