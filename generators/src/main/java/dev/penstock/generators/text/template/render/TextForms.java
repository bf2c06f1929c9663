package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.CharacterClasses;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What methods and filters make of a text, with Python's rules.
final class TextForms {
  private static final int PIECE = 32;

  private TextForms() {}

  /// Piece by piece: Java copies the whole text for each letter that becomes several, such as `ß`.
  static String upper(String text) {
    if (text.length() <= PIECE) {
      return text.toUpperCase(Locale.ROOT);
    }
    StringBuilder raised = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(start + PIECE, text.length());
      end -= end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
      raised.append(text.substring(start, end).toUpperCase(Locale.ROOT));
      start = end;
    }
    return raised.toString();
  }

  /// The one letter that becomes several goes first, for the same reason.
  static String lower(String text) {
    return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
  }

  static String capitalize(String text) {
    return text.isEmpty() ? text : titleFirst(text);
  }

  /// Python's `str.title`: a letter behind a letter is lower case, any other letter title case.
  static String title(String text) {
    StringBuilder titled = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && hasCase(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (end > start) {
        titled.append(titleFirst(text.substring(start, end)));
        start = end;
      } else {
        titled.appendCodePoint(text.codePointAt(start));
        start += Character.charCount(text.codePointAt(start));
      }
    }
    return titled.toString();
  }

  private static boolean hasCase(int point) {
    return Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
  }

  /// The first letter in title case, which may be two (`ß` becomes `Ss`), and the others in lower case. The text is
  /// lowered as a whole, since the form of a sigma depends on what is before it.
  private static String titleFirst(String text) {
    String first = text.substring(0, text.offsetByCodePoints(0, 1));
    int point = first.codePointAt(0);
    String raised = upper(first);
    boolean several = raised.codePointCount(0, raised.length()) > 1;
    String titled = several
        ? raised.charAt(0) + lower(raised.substring(1))
        : Character.toString(Character.toTitleCase(point));
    return titled + lower(text).substring(lower(first).length());
  }

  /// Jinja's filter `title`: words start behind white space, `-` and opening brackets only.
  static String titleWords(String text) {
    StringBuilder titled = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = start;
      boolean separator = separatesWords(text.charAt(start));
      while (end < text.length() && separatesWords(text.charAt(end)) == separator) {
        end++;
      }
      int second = Math.min(text.offsetByCodePoints(start, 1), end);
      titled.append(upper(text.substring(start, second))).append(lower(text.substring(second, end)));
      start = end;
    }
    return titled.toString();
  }

  private static boolean separatesWords(char character) {
    return "-({[<".indexOf(character) >= 0 || CharacterClasses.isSpace(character);
  }

  /// @param characters which to cut off; null for white space
  static String strip(String text, @Nullable String characters, boolean atStart, boolean atEnd) {
    int start = 0;
    int end = text.length();
    while (atStart && start < end && cuts(text.codePointAt(start), characters)) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (atEnd && start < end && cuts(text.codePointBefore(end), characters)) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static boolean cuts(int point, @Nullable String characters) {
    return characters == null ? CharacterClasses.isSpace(point) : characters.indexOf(point) >= 0;
  }

  /// How often `part` stands in `text` without overlap; an empty part stands between all characters.
  static int count(String text, String part) {
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1;
    }
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  /// @param most how many to replace at most; negative for all
  static String replace(String text, String old, String replacement, int most, Budget budget) {
    budget.search(text.length(), old.length());
    StringBuilder result = new StringBuilder();
    int start = 0;
    int replaced = 0;
    int next = text.indexOf(old);
    while (next >= 0 && replaced != most) {
      budget.characters((long) next - start + replacement.length());
      result.append(text, start, next).append(replacement);
      replaced++;
      start = next + old.length();
      int from = old.isEmpty() && next < text.length() ? text.offsetByCodePoints(next, 1) : start;
      next = old.isEmpty() && next == text.length() ? -1 : text.indexOf(old, from);
    }
    return result.append(text, start, text.length()).toString();
  }
}
