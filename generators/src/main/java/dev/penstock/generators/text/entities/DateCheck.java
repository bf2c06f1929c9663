package dev.penstock.generators.text.entities;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a day exists: `3 May 2026`, `May 3rd`, `Friday, 3 May`, `2026-05-03`, `3.5.26`, `5/3/2026` (day or month first),
/// `3-May-2026`. Words without a digit, such as "next week", cannot be checked. English names of months.
final class DateCheck {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})?");
  private static final String WEEKDAY = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? )?";
  private static final String MONTH =
      "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
          + "|nov(?:ember)?|dec(?:ember)?)\\.?";
  private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th|\\.)?";
  private static final String YEAR = "(?:(?:,? |-)(\\d{4}))?";
  private static final Pattern DAY_FIRST = Pattern.compile(WEEKDAY + "(?:the )?" + DAY + "(?: of |[ -])" + MONTH + YEAR);
  private static final Pattern MONTH_FIRST = Pattern.compile(WEEKDAY + MONTH + " (?:the )?" + DAY + YEAR);
  private static final int CENTURY = 2000;

  private DateCheck() {}

  static @Nullable Boolean check(String words) {
    if (words.chars().noneMatch(Character::isDigit)) return null;
    String date = words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher iso = ISO.matcher(date);
    if (iso.matches()) return exists(iso.group(1), number(iso.group(2)), number(iso.group(3)));
    Matcher numbers = NUMBERS.matcher(date);
    if (numbers.matches()) {
      int first = number(numbers.group(1));
      int second = number(numbers.group(3));
      return exists(numbers.group(4), second, first) || exists(numbers.group(4), first, second);
    }
    Matcher dayFirst = DAY_FIRST.matcher(date);
    if (dayFirst.matches()) return exists(dayFirst.group(3), month(dayFirst.group(2)), number(dayFirst.group(1)));
    Matcher monthFirst = MONTH_FIRST.matcher(date);
    return monthFirst.matches() && exists(monthFirst.group(3), month(monthFirst.group(1)), number(monthFirst.group(2)));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static int month(String name) {
    return MONTHS.indexOf(name.substring(0, 3)) + 1;
  }

  /// @param year null for a day of any year; two digits are of this century
  private static boolean exists(@Nullable String year, int month, int day) {
    try {
      if (year == null) MonthDay.of(month, day);
      else LocalDate.of(year.length() == 2 ? CENTURY + number(year) : number(year), month, day);
      return true;
    } catch (DateTimeException none) {
      return false;
    }
  }
}
