package dev.penstock.generators.text.constraint.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// A set of Unicode code points, surrogates never among them. Immutable.
public final class CodePoints {

  private static final int LAST = Character.MAX_CODE_POINT;

  public static final CodePoints NONE = new CodePoints(new int[0]);

  /// First and last of each range, ascending, with gaps between.
  private final int[] ranges;

  private CodePoints(int[] ranges) {
    this.ranges = ranges;
  }

  /// The code points from `first` to `last`, both of them in it.
  public static CodePoints range(int first, int last) {
    List<int[]> parts = new ArrayList<>();
    if (first < Character.MIN_SURROGATE) parts.add(new int[] {first, Math.min(last, Character.MIN_SURROGATE - 1)});
    if (last > Character.MAX_SURROGATE) parts.add(new int[] {Math.max(first, Character.MAX_SURROGATE + 1), last});
    return of(parts);
  }

  /// All code points of a text.
  public static CodePoints of(String text) {
    return of(text.codePoints().mapToObj(point -> new int[] {point, point}).toList());
  }

  public static CodePoints all() {
    return range(0, LAST);
  }

  private static CodePoints of(List<int[]> parts) {
    List<int[]> sorted = parts.stream().sorted((a, b) -> Integer.compare(a[0], b[0])).toList();
    int[] ranges = new int[2 * sorted.size()];
    int size = 0;
    for (int[] part : sorted) {
      if (size > 0 && part[0] <= ranges[size - 1] + 1) {
        ranges[size - 1] = Math.max(ranges[size - 1], part[1]);
      } else {
        ranges[size++] = part[0];
        ranges[size++] = part[1];
      }
    }
    return new CodePoints(Arrays.copyOf(ranges, size));
  }

  /// All code points for which `belongs` holds.
  public static CodePoints where(IntPredicate belongs) {
    List<int[]> parts = new ArrayList<>();
    int from = -1;
    for (int point = 0; point <= LAST + 1; point++) {
      boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      boolean in = point <= LAST && !surrogate && belongs.test(point);
      if (in && from < 0) from = point;
      if (in || from < 0) continue;
      parts.add(new int[] {from, point - 1});
      from = -1;
    }
    return of(parts);
  }

  private List<int[]> parts() {
    List<int[]> parts = new ArrayList<>();
    for (int i = 0; i < ranges.length; i += 2) parts.add(new int[] {ranges[i], ranges[i + 1]});
    return parts;
  }

  public CodePoints or(CodePoints other) {
    List<int[]> parts = parts();
    parts.addAll(other.parts());
    return of(parts);
  }

  /// All that are not in this set.
  public CodePoints complement() {
    CodePoints rest = NONE;
    int from = 0;
    for (int[] part : parts()) {
      if (part[0] > from) rest = rest.or(range(from, part[0] - 1));
      from = part[1] + 1;
    }
    return from > LAST ? rest : rest.or(range(from, LAST));
  }

  public CodePoints and(CodePoints other) {
    return complement().or(other.complement()).complement();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePoints set && Arrays.equals(ranges, set.ranges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ranges);
  }

  public boolean isEmpty() {
    return ranges.length == 0;
  }

  public boolean contains(int point) {
    for (int i = 0; i < ranges.length; i += 2) if (point >= ranges[i] && point <= ranges[i + 1]) return true;
    return false;
  }

  public boolean isSingle() {
    return ranges.length == 2 && ranges[0] == ranges[1];
  }

  /// The lowest one of a set that is not empty.
  public int first() {
    return ranges[0];
  }

  /// One of these characters, in UTF-8.
  public Expression utf8() {
    List<Expression> options = new ArrayList<>();
    for (int[] part : parts()) utf8(part[0], part[1], options);
    Expression characters = Expression.choice(options);
    boolean ascii = ranges.length == 0 || ranges[ranges.length - 1] < 0x80;
    return ascii ? characters : Intersection.prepared(characters);
  }

  /// Splits a range until all its characters have as many bytes and every byte runs over a range of its own.
  private static void utf8(int first, int last, List<Expression> options) {
    for (int most : new int[] {0x7F, 0x7FF, 0xFFFF})
      if (first <= most && last > most) {
        utf8(first, most, options);
        utf8(most + 1, last, options);
        return;
      }
    byte[] low = Character.toString(first).getBytes(StandardCharsets.UTF_8);
    byte[] high = Character.toString(last).getBytes(StandardCharsets.UTF_8);
    for (int i = 1; i < low.length; i++) {
      int tail = (1 << 6 * i) - 1;
      if ((first & ~tail) == (last & ~tail)) continue;
      int cut = (first & tail) != 0 ? first | tail : (last & tail) != tail ? (last & ~tail) - 1 : -1;
      if (cut < 0) continue;
      utf8(first, cut, options);
      utf8(cut + 1, last, options);
      return;
    }
    List<Expression> bytes = new ArrayList<>();
    for (int i = 0; i < low.length; i++) bytes.add(Expression.bytes(ByteSet.range(low[i] & 0xFF, high[i] & 0xFF)));
    options.add(Expression.sequence(bytes));
  }
}
