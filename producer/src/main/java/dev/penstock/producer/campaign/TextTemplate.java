package dev.penstock.producer.campaign;

import dev.penstock.runtime.UserError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt's text with places for columns: `A slogan for {product}.` Braces themselves are written twice, `{{` and
/// `}}`. Immutable.
public final class TextTemplate {

  private static final Pattern TOKEN = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|[{}]");

  /// A piece of the text: a literal, or the name of a column.
  private sealed interface Piece {
    record Literal(String text) implements Piece {}

    record Column(String name) implements Piece {}
  }

  private final List<Piece> pieces = new ArrayList<>();

  /// @throws UserError if a brace has no partner or encloses nothing
  public TextTemplate(String template) {
    Matcher matcher = TOKEN.matcher(template);
    int from = 0;
    while (matcher.find()) {
      pieces.add(new Piece.Literal(template.substring(from, matcher.start())));
      pieces.add(piece(template, matcher));
      from = matcher.end();
    }
    pieces.add(new Piece.Literal(template.substring(from)));
  }

  private static Piece piece(String template, Matcher matcher) {
    String column = matcher.group(1);
    if (column != null && !column.isBlank()) return new Piece.Column(column.strip());
    return switch (matcher.group()) {
      case "{{" -> new Piece.Literal("{");
      case "}}" -> new Piece.Literal("}");
      default -> throw new UserError(
          "the text '%s' has a brace at character %d that encloses no column; write {column}, or {{ and }} for braces"
              .formatted(template, matcher.start() + 1));
    };
  }

  /// The columns it names.
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    for (Piece piece : pieces) if (piece instanceof Piece.Column(String name)) columns.add(name);
    return columns;
  }

  /// @param cells a value for every one of [#columns]
  public String fill(Map<String, String> cells) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces)
      text.append(
          switch (piece) {
            case Piece.Literal(String literal) -> literal;
            case Piece.Column(String name) -> cells.get(name);
          });
    return text.toString();
  }
}
