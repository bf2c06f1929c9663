package dev.penstock.generators.text.constraint.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Reads and draws the texts of an expression, byte by byte.
public final class Texts {

  private Texts() {}

  public static boolean matches(Expression expression, String text) {
    return after(expression, text).acceptsEmpty();
  }

  public static Expression after(Expression expression, String text) {
    Expression left = expression;
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) left = left.after(value & 0xFF);
    return left;
  }

  /// A text of the expression, any class of bytes as likely as any other, until about `bytes`; then the shortest end.
  public static String draw(Expression expression, Random random, int bytes) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Expression left = expression;
    ByteClasses classes = ByteClasses.of(expression);
    while (text.size() < bytes && !(left.acceptsEmpty() && random.nextInt(8) == 0)) {
      Expression now = left;
      List<Integer> next =
          IntStream.range(0, classes.count())
              .map(classes::example)
              .filter(value -> now.after(value) != Expression.NOTHING)
              .boxed()
              .toList();
      if (next.isEmpty()) break;
      int value = next.get(random.nextInt(next.size()));
      text.write(value);
      left = left.after(value);
    }
    text.writeBytes(left.shortest());
    return text.toString(StandardCharsets.UTF_8);
  }
}
