package dev.penstock.generators.text.constraint.regex;

import dev.penstock.generators.text.constraint.expression.CodePoints;
import dev.penstock.generators.text.constraint.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Reads a regular expression: the part of ECMA-262 and Java that is regular. Literals, `.`, classes with ranges and
/// negation, `\d \w \s \D \W \S`, `\p{L}` and its like, escapes, groups, `|`, and `* + ? {m} {m,} {m,n}`, lazy ones too
/// (the language is the same). `^` and `$` only at the ends of the whole and of its alternatives. Look-around, back
/// references, `\b`, possessive quantifiers and inline flags are refused by name. One use.
public final class RegexParser {

  private static final int MAX_CHARACTERS = 2_000;
  private static final int MAX_DEPTH = 50;
  private static final int MAX_COUNT = 10_000;

  private final String regex;
  private final Map<CodePoints, Expression> known = new HashMap<>();
  private final Function<CodePoints, Expression> encoding;
  private final Expression around;
  private int at;
  private int depth;

  private RegexParser(String regex, Function<CodePoints, Expression> encoding, Expression around) {
    this.regex = regex;
    this.encoding = points -> known.computeIfAbsent(points, encoding);
    this.around = around;
  }

  /// All texts that match as a whole.
  ///
  /// @param encoding how one character of a set is written
  /// @throws RegexException if it cannot be read or is not supported
  public static Expression whole(String regex, Function<CodePoints, Expression> encoding) {
    return new RegexParser(regex, encoding, Expression.EMPTY).parse();
  }

  /// All texts in which a match is found, as `pattern` of JSON Schema wants it; `^` and `$` bind to the text's ends.
  ///
  /// @param around any characters, as they may stand before and after a match
  /// @throws RegexException if it cannot be read or is not supported
  public static Expression anywhere(String regex, Function<CodePoints, Expression> encoding, Expression around) {
    return new RegexParser(regex, encoding, around).parse();
  }

  private Expression parse() {
    if (regex.length() > MAX_CHARACTERS)
      throw new RegexException(
          MAX_CHARACTERS, "it is longer than " + MAX_CHARACTERS + " characters, which is not allowed");
    List<Expression> branches = new ArrayList<>();
    do {
      Expression before = take('^') ? Expression.EMPTY : around;
      Expression branch = sequence(true);
      Expression behind = take('$') ? Expression.EMPTY : around;
      branches.add(Expression.sequence(List.of(before, branch, behind)));
    } while (take('|'));
    if (at < regex.length()) throw wrong("there is a ) without its (");
    return Expression.choice(branches);
  }

  private Expression alternatives() {
    if (++depth > MAX_DEPTH) throw wrong("groups are nested deeper than " + MAX_DEPTH);
    List<Expression> branches = new ArrayList<>();
    do branches.add(sequence(false));
    while (take('|'));
    depth--;
    return Expression.choice(branches);
  }

  private Expression sequence(boolean top) {
    List<Expression> parts = new ArrayList<>();
    while (at < regex.length() && peek() != '|' && peek() != ')') {
      if (peek() == '^') throw wrong("^ stands inside; it is allowed at the start only");
      if (peek() == '$') {
        boolean last = at + 1 == regex.length() || regex.charAt(at + 1) == '|';
        if (top && last) break;
        throw wrong("$ stands inside; it is allowed at the end only");
      }
      parts.add(quantified(atom()));
    }
    return Expression.sequence(parts);
  }

  private Expression atom() {
    int c = next();
    return switch (c) {
      case '(' -> group();
      case '[' -> encoding.apply(new ClassParser().members());
      case '.' -> encoding.apply(CharacterClasses.DOT);
      case '\\' -> encoding.apply(escape());
      case '*', '+', '?' -> throw wrongBefore("the quantifier " + (char) c + " has nothing to repeat");
      case '{' -> throw wrongBefore("{ has nothing to repeat; write \\{ for the character");
      default -> encoding.apply(CodePoints.range(c, c));
    };
  }

  private Expression group() {
    int start = at - 1;
    if (take('?')) {
      if (take(':')) return closed(start);
      if (take('=') || take('!')) throw new RegexException(start, "stands a look-ahead, which is not supported");
      if (regex.startsWith("<=", at) || regex.startsWith("<!", at))
        throw new RegexException(start, "stands a look-behind, which is not supported");
      int end = regex.indexOf('>', at);
      if (!take('<') || end < 0)
        throw new RegexException(start, "stands (?, which is only supported as (?:...) and (?<name>...)");
      at = end + 1;
    }
    return closed(start);
  }

  private Expression closed(int start) {
    Expression inner = alternatives();
    if (!take(')')) throw new RegexException(start, "stands a ( without its )");
    return inner;
  }

  private Expression quantified(Expression atom) {
    if (at == regex.length()) return atom;
    int start = at;
    int[] counts =
        switch (peek()) {
          case '*' -> plain(0, Expression.UNBOUNDED);
          case '+' -> plain(1, Expression.UNBOUNDED);
          case '?' -> plain(0, 1);
          case '{' -> counts();
          default -> new int[0];
        };
    if (counts.length == 0) return atom;
    if (take('+')) throw wrongBefore("stands a possessive quantifier, which is not supported");
    take('?');
    if (at < regex.length() && "*+?{".indexOf(peek()) >= 0) throw wrong("a second quantifier follows the first");
    if (counts[1] < counts[0])
      throw new RegexException(start, "stands {" + counts[0] + "," + counts[1] + "}; the lower count comes first");
    return Expression.repetition(atom, counts[0], counts[1]);
  }

  private int[] plain(int least, int most) {
    at++;
    return new int[] {least, most};
  }

  private int[] counts() {
    int start = at++;
    int least = count(start);
    int most = least;
    if (take(',')) most = at < regex.length() && peek() == '}' ? Expression.UNBOUNDED : count(start);
    if (!take('}')) throw new RegexException(start, "{ does not begin a count such as {2,5}; write \\{ for the character");
    return new int[] {least, most};
  }

  private int count(int start) {
    int from = at;
    while (at < regex.length() && peek() >= '0' && peek() <= '9') at++;
    if (at == from || at - from > 5)
      throw new RegexException(start, "{ does not begin a count such as {2,5}; write \\{ for the character");
    int count = Integer.parseInt(regex.substring(from, at));
    if (count > MAX_COUNT) throw new RegexException(start, "stands a count of " + count + "; at most " + MAX_COUNT + " is allowed");
    return count;
  }

  /// What follows a backslash.
  private CodePoints escape() {
    if (at == regex.length()) throw wrong("the regular expression ends with a \\");
    int c = next();
    if (CharacterClasses.escape(c).isPresent()) return CharacterClasses.escape(c).get();
    return switch (c) {
      case 't' -> one('\t');
      case 'n' -> one('\n');
      case 'r' -> one('\r');
      case 'f' -> one('\f');
      case 'v' -> one(0x0B);
      case 'x' -> one(hex(2));
      case 'u' -> one(hex(4));
      case 'p', 'P' -> property(c == 'P');
      case 'b', 'B' -> throw wrongBefore("stands \\" + (char) c + " (a word boundary), which is not supported");
      case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          throw wrongBefore("stands a back reference, which is not supported");
      default -> {
        if (Character.isLetterOrDigit(c)) throw wrongBefore("stands the unknown escape \\" + Character.toString(c));
        yield one(c);
      }
    };
  }

  private CodePoints property(boolean negated) {
    int end = regex.indexOf('}', at);
    String name = take('{') && end > at ? regex.substring(at, end) : "";
    CodePoints points =
        CharacterClasses.property(name)
            .orElseThrow(() -> wrongBefore("stands an unknown \\p{...}; known are " + CharacterClasses.properties()));
    at = end + 1;
    return negated ? points.complement() : points;
  }

  private int hex(int digits) {
    try {
      int end = at + digits;
      int point = Integer.parseInt(regex.substring(at, end), 16);
      at = end;
      return point;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw wrongBefore("an escape needs " + digits + " hexadecimal digits");
    }
  }

  private CodePoints one(int point) {
    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
      throw wrongBefore("stands half a character (a surrogate)");
    return CodePoints.range(point, point);
  }

  private int peek() {
    return regex.codePointAt(at);
  }

  private int next() {
    int point = peek();
    at += Character.charCount(point);
    return point;
  }

  private boolean take(int c) {
    boolean there = at < regex.length() && peek() == c;
    if (there) at++;
    return there;
  }

  private RegexException wrong(String clause) {
    return new RegexException(at, clause);
  }

  private RegexException wrongBefore(String clause) {
    return new RegexException(at - 1, clause);
  }

  /// What stands between `[` and `]`.
  private final class ClassParser {

    private final int start = at - 1;

    CodePoints members() {
      boolean negated = take('^');
      CodePoints all = CodePoints.NONE;
      while (at < regex.length() && peek() != ']') all = all.or(member());
      if (!take(']')) throw new RegexException(start, "stands a [ without its ]");
      CodePoints set = negated ? all.complement() : all;
      if (set.isEmpty()) throw new RegexException(start, "stands a class that no character is in");
      return set;
    }

    private CodePoints member() {
      int from = at;
      if (peek() == '[') throw wrong("stands a [ inside a class; write \\[ for the character");
      if (regex.startsWith("&&", at)) throw wrong("stands &&, which is not supported");
      CodePoints first = single();
      boolean range = at + 1 < regex.length() && peek() == '-' && regex.charAt(at + 1) != ']';
      if (!range) return first;
      at++;
      CodePoints last = single();
      if (!first.isSingle() || !last.isSingle()) throw new RegexException(from, "stands a range whose end is a class");
      if (last.first() < first.first()) throw new RegexException(from, "stands a range whose lower end is not first");
      return CodePoints.range(first.first(), last.first());
    }

    private CodePoints single() {
      int c = next();
      if (c != '\\') return one(c);
      if (take('b')) return one('\b');
      return escape();
    }
  }
}
