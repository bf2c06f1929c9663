package dev.penstock.generators.text.constraint.schema;

import dev.penstock.generators.text.constraint.expression.ByteSet;
import dev.penstock.generators.text.constraint.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/// Which digits stand for the numbers of a range. Numbers have at most 15 digits before the point, so that every
/// reader keeps them exactly, and at most 6 behind it.
final class NumberRanges {

  static final long LARGEST = 999_999_999_999_999L;

  private static final Expression DIGIT = digits(0, 9);
  private static final Expression FRACTION =
      Expression.sequence(Expression.text("."), Expression.repetition(DIGIT, 1, 6));
  private static final Expression ZERO_FRACTION =
      Expression.sequence(Expression.text("."), Expression.repetition(digits(0, 0), 1, 6));
  private static final Expression POSITIVE_FRACTION =
      Expression.sequence(
          List.of(Expression.text("."), Expression.repetition(DIGIT, 0, 5), digits(1, 9)));

  /// @param least of the range, in it or not
  /// @param most of the range, in it or not
  record Range(long least, boolean withLeast, long most, boolean withMost) {

    Range negated() {
      return new Range(-most, withMost, -least, withLeast);
    }
  }

  private NumberRanges() {}

  /// The whole numbers of a range; [Expression#NOTHING] if there are none.
  static Expression integers(Range range) {
    long least = range.withLeast() ? range.least() : range.least() + 1;
    long most = range.withMost() ? range.most() : range.most() - 1;
    Expression natural = naturals(Math.max(least, 0), most);
    Expression negative = naturals(Math.max(-most, 1), -least);
    return Expression.choice(natural, Expression.sequence(Expression.text("-"), negative));
  }

  /// The numbers of a range, with or without a fraction; [Expression#NOTHING] if there are none.
  static Expression numbers(Range range) {
    Range up = new Range(Math.max(range.least(), 0), range.withLeast() || range.least() < 0, range.most(), range.withMost());
    Range mirrored = range.negated();
    Range down = new Range(
        Math.max(mirrored.least(), 0), mirrored.withLeast() && mirrored.least() > 0, mirrored.most(), mirrored.withMost());
    return Expression.choice(magnitudes(up), Expression.sequence(Expression.text("-"), magnitudes(down)));
  }

  /// Numbers from 0 up.
  private static Expression magnitudes(Range range) {
    List<Expression> options = new ArrayList<>();
    if (range.least() > range.most()) return Expression.NOTHING;
    long whole = range.withLeast() ? range.least() : range.least() + 1;
    options.add(Expression.sequence(naturals(whole, range.most() - 1), optional(FRACTION)));
    if (!range.withLeast() && range.least() < range.most())
      options.add(Expression.sequence(Expression.text(Long.toString(range.least())), POSITIVE_FRACTION));
    if (range.withMost() && range.most() >= whole)
      options.add(Expression.sequence(Expression.text(Long.toString(range.most())), optional(ZERO_FRACTION)));
    return Expression.choice(options);
  }

  private static Expression optional(Expression expression) {
    return Expression.repetition(expression, 0, 1);
  }

  /// The numbers from `least` to `most`, both 0 or more, without leading zeros.
  private static Expression naturals(long least, long most) {
    List<Expression> options = new ArrayList<>();
    for (int length = 1; length <= 15; length++) {
      long from = Math.max(least, length == 1 ? 0 : power(length - 1));
      long to = Math.min(most, power(length) - 1);
      if (from <= to) options.add(sameLength(Long.toString(from), Long.toString(to)));
    }
    return Expression.choice(options);
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) power *= 10;
    return power;
  }

  /// All rows of digits from `from` to `to`, which are equally long.
  private static Expression sameLength(String from, String to) {
    if (from.isEmpty()) return Expression.EMPTY;
    int low = from.charAt(0) - '0';
    int high = to.charAt(0) - '0';
    int rest = from.length() - 1;
    if (low == high) return then(low, low, sameLength(from.substring(1), to.substring(1)));
    boolean fromStart = from.substring(1).equals("0".repeat(rest));
    boolean toEnd = to.substring(1).equals("9".repeat(rest));
    List<Expression> options = new ArrayList<>();
    if (!fromStart) options.add(then(low, low, sameLength(from.substring(1), "9".repeat(rest))));
    int first = fromStart ? low : low + 1;
    int last = toEnd ? high : high - 1;
    if (first <= last) options.add(then(first, last, Expression.repetition(DIGIT, rest, rest)));
    if (!toEnd) options.add(then(high, high, sameLength("0".repeat(rest), to.substring(1))));
    return Expression.choice(options);
  }

  private static Expression then(int low, int high, Expression rest) {
    return Expression.sequence(digits(low, high), rest);
  }

  private static Expression digits(int low, int high) {
    return Expression.bytes(ByteSet.range('0' + low, '0' + high));
  }
}
