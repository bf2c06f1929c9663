package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reading and writing numbers as Python does.
public final class Numbers {
  private Numbers() {}

  /// The shortest text that reads back as `number`: `1.0`, `0.1`, `1e+16`.
  static String text(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%s%se%s%02d".formatted(
        number < 0 ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /// The value as a whole number, cut towards zero; null if it is no number and reads as none.
  public static @Nullable Int whole(Value value, Budget budget) {
    return switch (value) {
      case Int number -> number;
      case Bool flag -> new Int(flag.isTrue() ? 1 : 0);
      case Real(double number) -> cut(number);
      case Text(String text) -> {
        budget.characters(text.length());
        Long read = readWhole(text);
        yield read != null ? new Int(read) : cut(readReal(text));
      }
      case Value _ -> null;
    };
  }

  /// The value as a floating point number; null if it is no number and reads as none.
  public static @Nullable Real real(Value value, Budget budget) {
    return switch (value) {
      case Real number -> number;
      case Int(long number) -> new Real(number);
      case Bool flag -> new Real(flag.isTrue() ? 1 : 0);
      case Text(String text) -> {
        budget.characters(text.length());
        Double read = readReal(text);
        yield read == null ? null : new Real(read);
      }
      case Value _ -> null;
    };
  }

  private static @Nullable Int cut(@Nullable Double number) {
    if (number == null || number.isNaN() || Math.abs(number) >= 0x1p63) {
      return null;
    }
    return new Int(number.longValue());
  }

  private static @Nullable Long readWhole(String text) {
    String digits = CharacterClasses.strip(text);
    if (digits.length() > 100 || !digits.matches("[+-]?[0-9]+(_[0-9]+)*")) {
      return null;
    }
    try {
      return Long.valueOf(digits.replace("_", ""));
    } catch (NumberFormatException tooLarge) {
      throw ValueError.of("a whole number has more than 64 bits.");
    }
  }

  private static @Nullable Double readReal(String text) {
    String digits = CharacterClasses.strip(text);
    if (digits.length() > 400 || !digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      return null;
    }
    return Double.valueOf(digits);
  }
}
