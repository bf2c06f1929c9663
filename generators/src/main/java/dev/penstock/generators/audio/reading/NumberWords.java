package dev.penstock.generators.audio.reading;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Numbers in American English.
final class NumberWords {

  private static final List<String> SMALL =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen");
  private static final List<String> TENS =
      List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final List<String> THOUSANDS = List.of("", " thousand", " million", " billion", " trillion");
  private static final int MOST_DIGITS = 15;

  private NumberWords() {}

  /// @param digits without separators; above 15 digits, or with a zero in front of others, digit by digit
  static String cardinal(String digits) {
    if (digits.length() > MOST_DIGITS || digits.length() > 1 && digits.charAt(0) == '0') return digits(digits);
    return cardinal(Long.parseLong(digits));
  }

  static String cardinal(long number) {
    if (number == 0) return SMALL.getFirst();
    StringBuilder words = new StringBuilder();
    long rest = number;
    for (String thousand : THOUSANDS) {
      int part = (int) (rest % 1_000);
      if (part > 0) words.insert(0, " " + hundreds(part) + thousand);
      rest /= 1_000;
    }
    return words.substring(1);
  }

  private static String hundreds(int number) {
    if (number >= 100) {
      String rest = number % 100 == 0 ? "" : " " + hundreds(number % 100);
      return SMALL.get(number / 100) + " hundred" + rest;
    }
    if (number < SMALL.size()) return SMALL.get(number);
    return TENS.get(number / 10) + (number % 10 == 0 ? "" : " " + SMALL.get(number % 10));
  }

  /// As `3.14`, `1,299` or `.5`.
  static String decimal(String number) {
    String plain = number.replace(",", "");
    int point = plain.indexOf('.');
    if (point < 0) return cardinal(plain);
    String whole = point == 0 ? SMALL.getFirst() : cardinal(plain.substring(0, point));
    return whole + " point " + digits(plain.substring(point + 1));
  }

  /// One by one; 0 is "zero".
  static String digits(String digits) {
    return digits.chars().mapToObj(digit -> SMALL.get(digit - '0')).collect(Collectors.joining(" "));
  }

  static String ordinal(long number) {
    String words = cardinal(number);
    int last = words.lastIndexOf(' ') + 1;
    String word = words.substring(last);
    return words.substring(0, last) + switch (word) {
      case "one" -> "first";
      case "two" -> "second";
      case "three" -> "third";
      case "five" -> "fifth";
      case "eight" -> "eighth";
      case "nine" -> "ninth";
      case "twelve" -> "twelfth";
      default -> word.endsWith("y") ? word.substring(0, word.length() - 1) + "ieth" : word + "th";
    };
  }

  /// As years are read: 1999, 2005, 2026.
  static String year(int year) {
    if (year < 1_000 || year >= 10_000 || year % 1_000 < 10) return cardinal(year);
    int century = year / 100;
    int rest = year % 100;
    if (rest == 0) return cardinal(century) + " hundred";
    return cardinal(century) + (rest < 10 ? " oh " : " ") + cardinal(rest);
  }

  /// The plural of a number's last word: the 1990s.
  static String plural(String words) {
    return words.endsWith("y") ? words.substring(0, words.length() - 1) + "ies"
        : words.toLowerCase(Locale.ROOT).endsWith("x") ? words + "es" : words + "s";
  }
}
