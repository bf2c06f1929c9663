package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.ValueError;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// C's `strftime` in the C locale. A `-` behind the `%` drops leading zeros.
final class DateText {
  private DateText() {}

  static String of(LocalDateTime time, String format, Budget budget) {
    budget.elements(4L * format.length());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) != '%') {
        text.append(format.charAt(i));
        continue;
      }
      i++;
      boolean unpadded = i < format.length() && format.charAt(i) == '-';
      i += unpadded ? 1 : 0;
      if (i == format.length()) {
        throw ValueError.of("the time format ends inside of a '%' code.");
      }
      String part = part(time, format.charAt(i));
      text.append(unpadded ? part.replaceFirst("^0+(?=.)", "") : part);
    }
    return text.toString();
  }

  private static String part(LocalDateTime time, char code) {
    String pattern = switch (code) {
      case '%' -> "'%'";
      case 'Y' -> "uuuu";
      case 'y' -> "uu";
      case 'm' -> "MM";
      case 'd' -> "dd";
      case 'b', 'h' -> "MMM";
      case 'B' -> "MMMM";
      case 'a' -> "EEE";
      case 'A' -> "EEEE";
      case 'H' -> "HH";
      case 'I' -> "hh";
      case 'M' -> "mm";
      case 'S' -> "ss";
      case 'f' -> "SSSSSS";
      case 'p' -> "a";
      case 'j' -> "DDD";
      case 'e' -> "ppd";
      case 'D' -> "MM/dd/uu";
      case 'F' -> "uuuu-MM-dd";
      case 'T' -> "HH:mm:ss";
      case 'R' -> "HH:mm";
      default -> throw ValueError.of("the time format has the code '%%%s', which is not known here.".formatted(code));
    };
    return time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }
}
