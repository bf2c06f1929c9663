package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Python's ways to cut a text into parts.
public final class Splitting {
  private Splitting() {}

  /// @param separator null for runs of white space
  /// @param most how many cuts at most; negative for all
  public static Listing split(String text, @Nullable String separator, int most, Budget budget) {
    return separator == null ? atSpace(text, most, budget) : at(text, separator, most, budget);
  }

  /// The same with the cuts counted from the end.
  public static Listing splitFromEnd(String text, @Nullable String separator, int most, Budget budget) {
    String reversedSeparator = separator == null ? null : reverse(separator);
    List<Value> parts = new ArrayList<>();
    for (Value part : split(reverse(text), reversedSeparator, most, budget).items().reversed()) {
      parts.add(new Text(reverse(((Text) part).value())));
    }
    return Listing.list(parts);
  }

  private static Listing at(String text, String separator, int most, Budget budget) {
    if (separator.isEmpty()) {
      throw ValueError.of("a text cannot be split at an empty separator.");
    }
    budget.search(text.length(), separator.length());
    List<Value> parts = new ArrayList<>();
    int start = 0;
    int next = text.indexOf(separator);
    while (next >= 0 && parts.size() != most) {
      add(parts, text.substring(start, next), budget);
      start = next + separator.length();
      next = text.indexOf(separator, start);
    }
    add(parts, text.substring(start), budget);
    return Listing.list(parts);
  }

  private static Listing atSpace(String text, int most, Budget budget) {
    budget.characters(2L * text.length());
    List<Value> parts = new ArrayList<>();
    int start = skipSpace(text, 0);
    while (start < text.length() && parts.size() != most) {
      int end = start;
      while (end < text.length() && !CharacterClasses.isSpace(text.charAt(end))) {
        end++;
      }
      add(parts, text.substring(start, end), budget);
      start = skipSpace(text, end);
    }
    if (start < text.length()) {
      add(parts, text.substring(start), budget);
    }
    return Listing.list(parts);
  }

  private static int skipSpace(String text, int from) {
    int start = from;
    while (start < text.length() && CharacterClasses.isSpace(text.charAt(start))) {
      start++;
    }
    return start;
  }

  /// Lines without their ends, where a line ends as Python's `splitlines` has it.
  public static List<String> lines(String text, boolean keepEnds, Budget budget) {
    budget.characters(text.length());
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && !endsLine(text.charAt(end))) {
        end++;
      }
      int next = Math.min(end + (text.startsWith("\r\n", end) ? 2 : 1), text.length());
      budget.elements(1);
      lines.add(text.substring(start, keepEnds ? next : end));
      start = next;
    }
    return lines;
  }

  private static boolean endsLine(char character) {
    return switch (character) {
      case '\n', '\r', 0x0b, '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029 -> true;
      default -> false;
    };
  }

  private static void add(List<Value> parts, String part, Budget budget) {
    budget.elements(1);
    budget.characters(part.length());
    parts.add(new Text(part));
  }

  private static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
