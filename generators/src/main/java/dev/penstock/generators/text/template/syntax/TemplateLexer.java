package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Token.Kind;
import dev.penstock.generators.text.template.value.CharacterClasses;
import java.util.ArrayList;
import java.util.List;

/// Cuts a template into text and tags, and applies white space control: `-` cuts all white space beside a tag, a
/// block or comment loses the line's indentation before it (`lstrip_blocks`) and one line end after it
/// (`trim_blocks`), and `+` keeps them.
final class TemplateLexer {
  private final Source source;
  private final List<Token> tokens = new ArrayList<>();
  private int offset;
  private boolean lineStarts = true;

  private TemplateLexer(Source source) {
    this.source = source;
  }

  static List<Token> tokens(Source source) {
    TemplateLexer lexer = new TemplateLexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (true) {
      int open = nextTag(offset);
      if (open < 0) {
        text(offset, source.length());
        add(Kind.END, "", source.length());
        return;
      }
      switch (source.at(open + 1)) {
        case '{' -> print(open);
        case '%' -> block(open);
        default -> comment(open);
      }
    }
  }

  private int nextTag(int from) {
    int open = source.text().indexOf('{', from);
    while (open >= 0 && "{%#".indexOf(source.at(open + 1)) < 0) {
      open = source.text().indexOf('{', open + 1);
    }
    return open;
  }

  private void print(int open) {
    int inside = textBefore(open, false);
    add(Kind.PRINT_BEGIN, "{{", open);
    int close = new TagLexer(source, open, inside, "}}", tokens).run();
    boolean cut = source.at(close) == '-';
    add(Kind.PRINT_END, "}}", close);
    continueAt(cut ? skipSpace(close + 3) : close + 2);
  }

  private void block(int open) {
    int inside = textBefore(open, true);
    int raw = afterWord("raw", inside);
    if (raw >= 0 && (source.has("%}", raw) || source.has("-%}", raw))) {
      raw(open, raw);
      return;
    }
    add(Kind.BLOCK_BEGIN, "{%", open);
    int close = new TagLexer(source, open, inside, "%}", tokens).run();
    add(Kind.BLOCK_END, "%}", close);
    continueAt(afterBlockEnd(close));
  }

  private void comment(int open) {
    int inside = textBefore(open, true);
    int close = source.text().indexOf("#}", inside);
    if (close < 0) {
      throw source.error(open, "this comment has no end; write '#}' behind it.");
    }
    char sign = close > inside ? source.at(close - 1) : ' ';
    continueAt(afterBlockEnd(sign == '-' || sign == '+' ? close - 1 : close));
  }

  private void raw(int open, int beginTagEnd) {
    continueAt(source.at(beginTagEnd) == '-' ? skipSpace(beginTagEnd + 3) : beginTagEnd + 2);
    for (int end = source.text().indexOf("{%", offset); end >= 0; end = source.text().indexOf("{%", end + 1)) {
      int close = afterWord("endraw", end + (isSign(source.at(end + 2)) ? 3 : 2));
      if (close >= 0 && (source.has("%}", close) || isSign(source.at(close)) && source.has("%}", close + 1))) {
        textBefore(end, true);
        continueAt(afterBlockEnd(close));
        return;
      }
    }
    throw source.error(open, "this raw block has no end; write '{% endraw %}' behind it.");
  }

  /// Emits the text up to the tag at `open`; answers where the inside of the tag starts.
  private int textBefore(int open, boolean isBlock) {
    char sign = source.at(open + 2);
    int end = open;
    if (sign == '-') {
      while (end > offset && CharacterClasses.isSpace(source.at(end - 1))) {
        end--;
      }
    } else if (sign != '+' && isBlock) {
      end = withoutIndentation(open);
    }
    text(offset, end);
    return isSign(sign) ? open + 3 : open + 2;
  }

  private int withoutIndentation(int open) {
    int start = open;
    while (start > offset && source.at(start - 1) != '\n') {
      if (!CharacterClasses.isSpace(source.at(start - 1))) {
        return open;
      }
      start--;
    }
    return start > offset || lineStarts ? start : open;
  }

  /// `close` is at `%}` or `#}`, or at the sign before it.
  private int afterBlockEnd(int close) {
    return switch (source.at(close)) {
      case '-' -> skipSpace(close + 3);
      case '+' -> close + 3;
      default -> source.at(close + 2) == '\n' ? close + 3 : close + 2;
    };
  }

  /// Where the tag goes on behind white space, `word` and white space, or -1 if it does not read so.
  private int afterWord(String word, int from) {
    int start = skipSpace(from);
    return source.has(word, start) ? skipSpace(start + word.length()) : -1;
  }

  private int skipSpace(int from) {
    int end = from;
    while (end < source.length() && CharacterClasses.isSpace(source.at(end))) {
      end++;
    }
    return end;
  }

  private static boolean isSign(char character) {
    return character == '-' || character == '+';
  }

  private void continueAt(int next) {
    lineStarts = source.at(next - 1) == '\n';
    offset = next;
  }

  private void text(int start, int end) {
    if (start < end) {
      add(Kind.TEXT, source.text().substring(start, end), start);
    }
  }

  private void add(Kind kind, String text, int at) {
    tokens.add(new Token(kind, text, source.position(at)));
  }
}
