package dev.penstock.generators.audio.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates, years and times of day as Americans write them; a date of numbers alone is month, day, year.
final class Moments {

  private static final List<String> MONTHS =
      List.of(
          "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December");
  private static final String MONTH =
      "(?<month>Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?"
          + "|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)";
  private static final String DAY = "(?<day>[12]\\d|3[01]|0?[1-9])(?:st|nd|rd|th)?";
  private static final String YEAR = "(?:,? (?<year>(?:1[0-9]|20)\\d\\d))?";

  private static final Pattern MONTH_FIRST = Pattern.compile("\\b" + MONTH + " " + DAY + "\\b(?!:)" + YEAR + "(?![\\d.]\\d)");
  private static final Pattern DAY_FIRST = Pattern.compile("\\b" + DAY + " (?:of )?" + MONTH + "(?![A-Za-z])" + YEAR);
  private static final Pattern MONTH_AND_YEAR = Pattern.compile("\\b" + MONTH + " (?<year>(?:1[0-9]|20)\\d\\d)\\b");
  private static final Map<String, String> DAYS =
      Map.of("Mon", "Monday", "Tue", "Tuesday", "Wed", "Wednesday", "Thu", "Thursday", "Fri", "Friday", "Sat", "Saturday",
          "Sun", "Sunday");
  private static final Pattern DAY_RANGE =
      Pattern.compile("\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\.? ?- ?(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\b(?:\\.(?= ?[a-z0-9]))?");
  private static final Pattern NUMBERS =
      Pattern.compile("\\b(?<month>0?[1-9]|1[0-2])/(?<day>0?[1-9]|[12]\\d|3[01])/(?<year>\\d{4})\\b");
  private static final Pattern ISO =
      Pattern.compile("\\b(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\\d|3[01])\\b");
  private static final Pattern CLOCK =
      Pattern.compile("\\b(?<hour>[01]?\\d|2[0-4]):(?<minute>[0-5]\\d)(?::[0-5]\\d)?(?: ?(?<half>[AaPp])\\.?[Mm]\\b\\.?)?");
  private static final Pattern HOUR = Pattern.compile("\\b(?<hour>1[0-2]|0?[1-9]) ?(?<half>[AaPp])\\.?[Mm]\\b\\.?");
  private static final Pattern DECADE = Pattern.compile("\\b(?<year>(?:1[5-9]|20)\\d0)'?s\\b");
  private static final Pattern LONE_YEAR =
      Pattern.compile("(?i)\\b(?<before>in|since|until|from|by|of|summer|spring|fall|winter|autumn|to|year|edition|collection) (?<year>(?:1[89]|20)\\d\\d)\\b(?![.,]\\d|[%-])");

  private Moments() {}

  static String write(String text) {
    String written = NUMBERS.matcher(text).replaceAll(Moments::date);
    written = ISO.matcher(written).replaceAll(Moments::date);
    written = MONTH_FIRST.matcher(written).replaceAll(Moments::date);
    written = DAY_FIRST.matcher(written).replaceAll(Moments::date);
    written = MONTH_AND_YEAR.matcher(written).replaceAll(match -> month(match) + " " + year(match));
    written = DAY_RANGE.matcher(written).replaceAll(match -> DAYS.get(match.group(1)) + " to " + DAYS.get(match.group(2)));
    written = CLOCK.matcher(written).replaceAll(Moments::clock);
    written = HOUR.matcher(written).replaceAll(
        match -> NumberWords.cardinal(Long.parseLong(match.group("hour"))) + half(match));
    written = DECADE.matcher(written).replaceAll(match -> NumberWords.plural(year(match)));
    return LONE_YEAR.matcher(written).replaceAll(match -> match.group("before") + " " + year(match));
  }

  private static String month(MatchResult match) {
    String month = match.group("month");
    return Character.isDigit(month.charAt(0))
        ? MONTHS.get(Integer.parseInt(month) - 1)
        : MONTHS.stream().filter(each -> each.startsWith(month.substring(0, 3))).findFirst().orElseThrow();
  }

  private static String date(MatchResult match) {
    String day = NumberWords.ordinal(Long.parseLong(match.group("day")));
    return month(match) + " " + day + (match.group("year") == null ? "" : ", " + year(match));
  }

  private static String year(MatchResult match) {
    return NumberWords.year(Integer.parseInt(match.group("year")));
  }

  private static String clock(MatchResult match) {
    int hour = Integer.parseInt(match.group("hour"));
    int minute = Integer.parseInt(match.group("minute"));
    String half = half(match);
    String words = NumberWords.cardinal(hour);
    if (minute > 0) return words + (minute < 10 ? " oh " : " ") + NumberWords.cardinal(minute) + half;
    return words + (half.isEmpty() ? hour <= 12 && hour > 0 ? " o'clock" : " hundred" : half);
  }

  private static String half(MatchResult match) {
    @Nullable String half = match.group("half");
    return half == null ? "" : " " + Abbreviations.spelled(half.toLowerCase(Locale.ROOT) + "m");
  }
}
