package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.CharacterClasses;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What methods and filters make of a text, with Python's rules.
final class TextForms {
  private TextForms() {}

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return Character.toString(Character.toTitleCase(text.codePointAt(0))) + lower(text.substring(first));
  }

  /// Python's `str.title`: a letter behind a letter is lower case, any other letter title case.
  static String title(String text) {
    StringBuilder titled = new StringBuilder(text.length());
    boolean inWord = false;
    for (int point : text.codePoints().toArray()) {
      titled.appendCodePoint(inWord ? Character.toLowerCase(point) : Character.toTitleCase(point));
      inWord = Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
    }
    return titled.toString();
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
