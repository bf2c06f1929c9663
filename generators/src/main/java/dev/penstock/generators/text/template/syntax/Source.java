package dev.penstock.generators.text.template.syntax;

import java.util.Arrays;

/// A template's text with line ends as `\n` and without the last one, as Jinja reads it.
final class Source {
  private final String text;
  private final int[] lineStarts;

  Source(String template) {
    String unix = template.replace("\r\n", "\n").replace('\r', '\n');
    text = unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    int[] starts = new int[(int) text.chars().filter(character -> character == '\n').count() + 1];
    int line = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      starts[++line] = at + 1;
    }
    lineStarts = starts;
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  /// The character at `offset`, or NUL behind the end.
  char at(int offset) {
    return offset < text.length() ? text.charAt(offset) : '\0';
  }

  boolean has(String part, int offset) {
    return text.startsWith(part, offset);
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - lineStarts[line] + 1);
  }

  TemplateException error(int offset, String sentence) {
    return TemplateException.syntax(position(offset), sentence);
  }
}
