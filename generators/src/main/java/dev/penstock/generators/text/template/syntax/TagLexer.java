package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Token.Kind;
import dev.penstock.generators.text.template.value.CharacterClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Cuts the inside of one tag into tokens. Inside brackets the tag's end sign does not end the tag.
final class TagLexer {
  private static final List<String> OPERATORS = List.of(
      "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", ">", "<", "=", ".", ":", "|", ",");
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  private final Source source;
  private final String end;
  private final List<Token> tokens;
  private final Deque<Integer> openBrackets = new ArrayDeque<>();
  private final int begin;
  private int offset;

  /// @param begin where the tag starts, and `offset` where its inside does
  TagLexer(Source source, int begin, int offset, String end, List<Token> tokens) {
    this.source = source;
    this.begin = begin;
    this.offset = offset;
    this.end = end;
    this.tokens = tokens;
  }

  /// Adds the tokens; answers the offset of the end sign, or of the `-` or `+` that belongs to it.
  int run() {
    while (true) {
      skipSpace();
      if (offset >= source.length()) {
        throw source.error(begin, "this tag has no end; write '%s' behind it.".formatted(end));
      }
      if (openBrackets.isEmpty() && isEnd()) {
        return offset;
      }
      next();
    }
  }

  private boolean isEnd() {
    char character = source.at(offset);
    boolean signed = character == '-' || character == '+' && end.equals("%}");
    return source.has(end, offset) || signed && source.has(end, offset + 1);
  }

  private void next() {
    char character = source.at(offset);
    if (character == '\'' || character == '"') {
      string(character);
    } else if (isDigit(character)) {
      number();
    } else if (Character.isUnicodeIdentifierStart(source.text().codePointAt(offset)) || character == '_') {
      name();
    } else if (OPENING.indexOf(character) >= 0) {
      openBrackets.push(OPENING.indexOf(character));
      add(Kind.OPERATOR, offset, offset + 1);
    } else if (CLOSING.indexOf(character) >= 0) {
      closeBracket(character);
    } else {
      operator();
    }
  }

  private void closeBracket(char bracket) {
    if (openBrackets.isEmpty() || openBrackets.pop() != CLOSING.indexOf(bracket)) {
      throw source.error(offset, "'%s' closes no bracket that is open here.".formatted(bracket));
    }
    add(Kind.OPERATOR, offset, offset + 1);
  }

  private void operator() {
    for (String operator : OPERATORS) {
      if (source.has(operator, offset)) {
        add(Kind.OPERATOR, offset, offset + operator.length());
        return;
      }
    }
    throw source.error(offset, "'%s' has no meaning inside a tag."
        .formatted(Character.toString(source.text().codePointAt(offset))));
  }

  private void string(char quote) {
    int start = offset;
    int close = start + 1;
    while (source.at(close) != quote) {
      if (close >= source.length()) {
        throw source.error(start, "this string has no end; write %s behind it.".formatted(quote));
      }
      close += source.at(close) == '\\' ? 2 : 1;
    }
    String content = StringEscapes.resolve(source, start + 1, Math.min(close, source.length()));
    tokens.add(new Token(Kind.STRING, content, source.position(start)));
    offset = close + 1;
  }

  private void number() {
    boolean afterDot = source.at(offset - 1) == '.';
    int start = offset;
    int close = digits(start);
    boolean real = false;
    if (!afterDot && source.at(close) == '.' && isDigit(source.at(close + 1))) {
      close = digits(close + 1);
      real = true;
    }
    int exponent = close + (source.at(close + 1) == '+' || source.at(close + 1) == '-' ? 2 : 1);
    if (!afterDot && (source.at(close) == 'e' || source.at(close) == 'E') && isDigit(source.at(exponent))) {
      close = digits(exponent);
      real = true;
    }
    String digits = source.text().substring(start, close).replace("_", "");
    if (!real && !afterDot && digits.length() > 1 && digits.charAt(0) == '0' && !digits.matches("0+")) {
      throw source.error(start, "a whole number does not start with 0.");
    }
    tokens.add(new Token(real ? Kind.REAL : Kind.INTEGER, digits, source.position(start)));
    offset = close;
  }

  private int digits(int from) {
    int close = from;
    while (isDigit(source.at(close)) || source.at(close) == '_' && isDigit(source.at(close + 1))) {
      close++;
    }
    return close;
  }

  private void name() {
    int close = offset;
    while (close < source.length() && Character.isUnicodeIdentifierPart(source.text().codePointAt(close))) {
      close += Character.charCount(source.text().codePointAt(close));
    }
    add(Kind.NAME, offset, Math.max(close, offset + 1));
  }

  private void skipSpace() {
    while (offset < source.length()
        && CharacterClasses.isSpace(source.at(offset))) {
      offset++;
    }
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private void add(Kind kind, int start, int close) {
    tokens.add(new Token(kind, source.text().substring(start, close), source.position(start)));
    offset = close;
  }
}
