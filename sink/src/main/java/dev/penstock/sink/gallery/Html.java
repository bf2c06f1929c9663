package dev.penstock.sink.gallery;

import java.util.Collection;
import java.util.stream.Collectors;

/// Markup in which everything that is not written in this program is escaped. Text reaches a page through
/// [#of] only; that makes it impossible to forget.
///
/// @param markup ready to be sent
public record Html(String markup) {

  public static final Html NOTHING = new Html("");

  /// Fills `{}` in order: [Html] stands as it is, anything else as escaped text. Attributes are to be quoted in the
  /// template, with double quotes.
  ///
  /// @param template written in this program, never data
  /// @throws IllegalArgumentException if the numbers of `{}` and values differ
  public static Html of(String template, Object... values) {
    StringBuilder out = new StringBuilder(template.length() + 32 * values.length);
    int from = 0;
    for (Object value : values) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) throw new IllegalArgumentException("more values than {} in: " + template);
      out.append(template, from, hole).append(value instanceof Html html ? html.markup() : escape(value.toString()));
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) throw new IllegalArgumentException("fewer values than {} in: " + template);
    return new Html(out.append(template, from, template.length()).toString());
  }

  public static Html join(Collection<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining()));
  }

  public static Html join(Html... parts) {
    return join(java.util.List.of(parts));
  }

  /// Text for element content and for attributes in double or single quotes (HTML standard, 13.3).
  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\0' -> out.append('\ufffd');
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
