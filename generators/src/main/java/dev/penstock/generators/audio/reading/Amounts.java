package dev.penstock.generators.audio.reading;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Prices, shares and measures.
final class Amounts {

  private static final String NUMBER = "(?<number>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|\\.\\d+)";
  private static final String SCALE = "(?: ?(?<scale>thousand|million|billion|trillion|[kKMB](?![A-Za-z])))?";

  /// A currency: one and many, and the same of its hundredths.
  private record Currency(String one, String many, String cent, String cents) {}

  private static final Currency DOLLAR = new Currency("dollar", "dollars", "cent", "cents");
  private static final Currency EURO = new Currency("euro", "euros", "cent", "cents");
  private static final Currency POUND = new Currency("pound", "pounds", "penny", "pence");
  private static final Currency YEN = new Currency("yen", "yen", "sen", "sen");
  private static final Map<String, Currency> CURRENCIES =
      Map.of("$", DOLLAR, "US$", DOLLAR, "USD", DOLLAR, "€", EURO, "EUR", EURO, "£", POUND, "GBP", POUND, "¥", YEN, "JPY", YEN);

  private static final Pattern SIGN_FIRST =
      Pattern.compile("(?<currency>US\\$|[$€£¥]|\\b(?:USD|EUR|GBP|JPY) ?) ?" + NUMBER + SCALE);
  private static final Pattern SIGN_LAST =
      Pattern.compile("(?<![\\d.,])" + NUMBER + SCALE + " ?(?<currency>[€£¥$]|(?:USD|EUR|GBP|JPY)\\b)");
  private static final Pattern PERCENT = Pattern.compile("(?<![\\d.,])" + NUMBER + " ?%");

  /// Units: one and many.
  private static final Map<String, String[]> UNITS =
      Map.ofEntries(
          unit("km", "kilometer"), unit("m", "meter"), unit("cm", "centimeter"), unit("mm", "millimeter"),
          unit("kg", "kilogram"), unit("g", "gram"), unit("mg", "milligram"), unit("l", "liter"), unit("L", "liter"),
          unit("ml", "milliliter"), unit("mL", "milliliter"), unit("mi", "mile"), unit("yd", "yard"), unit("ft", "foot", "feet"),
          unit("in", "inch", "inches"), unit("oz", "ounce"), unit("lb", "pound"), unit("lbs", "pound"), unit("gal", "gallon"),
          unit("h", "hour"), unit("hr", "hour"), unit("hrs", "hour"), unit("min", "minute"), unit("mins", "minute"),
          unit("s", "second"), unit("sec", "second"), unit("ms", "millisecond"), unit("W", "watt"), unit("kW", "kilowatt"),
          unit("kWh", "kilowatt hour"), unit("Wh", "watt hour"), unit("V", "volt"), unit("mAh", "milliamp hour"),
          unit("Hz", "hertz", "hertz"), unit("kHz", "kilohertz", "kilohertz"), unit("MHz", "megahertz", "megahertz"),
          unit("GHz", "gigahertz", "gigahertz"), unit("KB", "kilobyte"), unit("MB", "megabyte"), unit("GB", "gigabyte"),
          unit("TB", "terabyte"), unit("MP", "megapixel"), unit("dB", "decibel"), unit("lm", "lumen"), unit("kcal", "kilocalorie"),
          unit("mph", "mile per hour", "miles per hour"), unit("km/h", "kilometer per hour", "kilometers per hour"),
          unit("fps", "frame per second", "frames per second"), unit("°C", "degree Celsius", "degrees Celsius"),
          unit("°F", "degree Fahrenheit", "degrees Fahrenheit"), unit("°", "degree"), unit("\"", "inch", "inches"),
          unit("sqft", "square foot", "square feet"), unit("pcs", "piece"), unit("qt", "quart"), unit("pt", "pint"));

  private static final Pattern MEASURE =
      Pattern.compile(
          "(?<![\\d.,A-Za-z])" + NUMBER + "(?<space>[ -]?)(?<unit>km/h|[A-Za-z]{1,4}|°[CF]?|\")(?![A-Za-z0-9/])");
  private static final Pattern HEIGHT = Pattern.compile("\\b(\\d)' ?(\\d{1,2})\"");
  private static final Pattern BY = Pattern.compile("(?<=\\d) ?x ?(?=\\d)");
  private static final Pattern TIMES = Pattern.compile("\\b(\\d+) ?x\\b(?! ?\\d)");
  private static final Pattern PER =
      Pattern.compile("(?<=[a-z]) ?/ ?(?=(?:month|mo|year|yr|day|week|hour|hr|person|piece|night|kg|lb)\\b)");
  private static final Pattern SHORT_SPAN = Pattern.compile("(?<=per )(mo|yr|hr)\\b");

  private Amounts() {}

  private static Map.Entry<String, String[]> unit(String sign, String one) {
    return unit(sign, one, one + "s");
  }

  private static Map.Entry<String, String[]> unit(String sign, String one, String many) {
    return Map.entry(sign, new String[] {one, many});
  }

  static String write(String text) {
    String written = SIGN_FIRST.matcher(text).replaceAll(Amounts::price);
    written = SIGN_LAST.matcher(written).replaceAll(Amounts::price);
    written = PERCENT.matcher(written).replaceAll(match -> NumberWords.decimal(match.group("number")) + " percent");
    written = HEIGHT.matcher(written).replaceAll(
        match -> NumberWords.cardinal(match.group(1)) + " foot " + NumberWords.cardinal(match.group(2)));
    written = BY.matcher(written).replaceAll(" by ");
    written = TIMES.matcher(written).replaceAll(match -> NumberWords.cardinal(match.group(1)) + " times");
    written = MEASURE.matcher(written).replaceAll(Amounts::measure);
    written = PER.matcher(written).replaceAll(" per ");
    return SHORT_SPAN.matcher(written).replaceAll(
        match -> switch (match.group()) { case "mo" -> "month"; case "yr" -> "year"; default -> "hour"; });
  }

  private static String price(MatchResult match) {
    Currency currency = CURRENCIES.get(match.group("currency").strip());
    String number = match.group("number").replace(",", "");
    @Nullable String scale = match.group("scale");
    if (scale != null) return NumberWords.decimal(number) + " " + scale(scale) + " " + currency.many;
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    String cents = point < 0 ? "" : (number.substring(point + 1) + "0").substring(0, 2);
    if (point >= 0 && number.length() - point > 3) return NumberWords.decimal(number) + " " + currency.many;
    String dollars = NumberWords.cardinal(whole.isEmpty() ? "0" : whole) + " " + (whole.equals("1") ? currency.one : currency.many);
    if (cents.isEmpty() || cents.equals("00")) return dollars;
    long hundredths = Long.parseLong(cents);
    String small = NumberWords.cardinal(hundredths) + " " + (hundredths == 1 ? currency.cent : currency.cents);
    return whole.isEmpty() || whole.equals("0") ? small : dollars + " and " + small;
  }

  private static String scale(String scale) {
    return switch (scale) {
      case "k", "K" -> "thousand";
      case "M" -> "million";
      case "B" -> "billion";
      default -> scale;
    };
  }

  private static String measure(MatchResult match) {
    String[] unit = UNITS.get(match.group("unit"));
    boolean isWord = match.group("unit").matches("in|h|s|m|g") && !match.group("space").isEmpty();
    // "4 in 10" is no length; "5 m" is.
    if (unit == null || isWord && match.group("unit").equals("in")) return match.group().replace("$", "\\$");
    String number = match.group("number");
    boolean isAdjective = match.group("space").equals("-");
    return NumberWords.decimal(number) + " " + (number.equals("1") || isAdjective ? unit[0] : unit[1]);
  }
}
