package dev.penstock.generators.audio.reading;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Shortened words, signs that are read as words, and letters that are read one by one.
final class Abbreviations {

  /// Stands before letters that are read by their names: `^usb`. No text has it, since [Characters] leaves it out.
  static final char SPELLED = '^';

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("mr", "mister"), Map.entry("mrs", "missus"), Map.entry("ms", "miz"), Map.entry("dr", "doctor"),
          Map.entry("prof", "professor"), Map.entry("st", "saint"), Map.entry("jr", "junior"), Map.entry("sr", "senior"),
          Map.entry("vs", "versus"), Map.entry("etc", "et cetera"), Map.entry("approx", "approximately"),
          Map.entry("dept", "department"), Map.entry("inc", "incorporated"), Map.entry("ltd", "limited"),
          Map.entry("co", "company"), Map.entry("corp", "corporation"), Map.entry("ave", "avenue"),
          Map.entry("blvd", "boulevard"), Map.entry("rd", "road"), Map.entry("max", "maximum"), Map.entry("min", "minimum"),
          Map.entry("incl", "including"), Map.entry("excl", "excluding"), Map.entry("no", "number"),
          Map.entry("vol", "volume"), Map.entry("qty", "quantity"), Map.entry("tel", "telephone"),
          Map.entry("mon", "Monday"), Map.entry("tue", "Tuesday"), Map.entry("tues", "Tuesday"), Map.entry("wed", "Wednesday"),
          Map.entry("thu", "Thursday"), Map.entry("thurs", "Thursday"), Map.entry("fri", "Friday"), Map.entry("sat", "Saturday"),
          Map.entry("sun", "Sunday"), Map.entry("jan", "January"), Map.entry("feb", "February"), Map.entry("aug", "August"),
          Map.entry("sept", "September"), Map.entry("oct", "October"), Map.entry("nov", "November"), Map.entry("dec", "December"));

  /// Words by themselves, so only before a number.
  private static final Set<String> ONLY_BEFORE_NUMBERS = Set.of("no", "co", "st", "sat", "sun", "mon", "wed", "max", "min");

  private static final Pattern POINTED = Pattern.compile("\\b([A-Za-z]{2,6})\\.(?= ?(\\S?))");
  private static final Pattern INITIALS = Pattern.compile("\\b(?:[A-Za-z]\\.){2,}(?<last>)");
  private static final Pattern CAPITALS = Pattern.compile("\\b(?<letters>[A-Z]{2,6})(?<plural>s|'s)?\\b");
  private static final Set<String> ALWAYS_SPELLED =
      Set.of(
          "ai", "atm", "bbq", "cd", "ceo", "diy", "dj", "dna", "dvd", "eu", "faq", "gps", "hd", "hdmi", "id", "io", "it", "lcd",
          "led", "oled", "ml", "ok", "pc", "pdf", "pm", "am", "pr", "qr", "rgb", "rpm", "sms", "ssd", "suv", "tv", "ui", "uk",
          "url", "us", "usa", "usb", "uv", "vip", "vr", "ar", "vpn", "xl", "xxl", "spf", "usd", "api", "ev", "hr", "lte", "nfc");
  private static final Set<String> ALWAYS_WORDS = Set.of("us", "it", "am", "ok", "id", "ar", "led", "pm");

  private Abbreviations() {}

  /// Letters by their names.
  static String spelled(String letters) {
    return SPELLED + letters.toLowerCase(Locale.ROOT);
  }

  static String signs(String text) {
    return text
        .replaceAll("(?i)\\bwi-fi\\b", "wifi").replaceAll("(?i)\\bw/o\\b", "without").replaceAll("(?i)\\bw/ ?(?=[A-Za-z])", "with ")
        .replaceAll("(?i)\\be\\.g\\.,?", "for example,").replaceAll("(?i)\\bi\\.e\\.,?", "that is,")
        .replaceAll("#(?=\\d)", "number ").replaceAll("#(?=[A-Za-z])", "hashtag ")
        .replaceAll("\\b24/7\\b", "twenty-four seven").replaceAll(" ?& ?", " and ").replaceAll("(?<=\\S) ?\\+ ?(?=\\S)", " plus ")
        .replaceAll("(?<=\\d)\\+", " plus").replaceAll(" = ", " equals ").replaceAll(" ?@ ?", " at ").replace("*", " ")
        .replaceAll("\\b[Aa]nd/[Oo]r\\b", "and or");
  }

  /// Shortened words in full, and initials such as U.S. as letters.
  static String words(String text) {
    String written = INITIALS.matcher(text).replaceAll(match -> initials(match, text));
    return POINTED.matcher(written).replaceAll(Abbreviations::pointed);
  }

  /// Letters in capitals that are no word, to be spelled.
  ///
  /// @param isWord whether a lower-case word is one that is read, not spelled
  static String capitals(String text, Predicate<String> isWord) {
    boolean shouts = text.chars().noneMatch(Character::isLowerCase);
    return CAPITALS.matcher(text).replaceAll(match -> capitals(match, isWord, shouts));
  }

  private static String initials(MatchResult match, String text) {
    boolean endsSentence = text.substring(match.end()).matches("(?s)\\s*(?:$|\\s\"?[A-Z].*)") && match.end() == text.length();
    return spelled(match.group().replace(".", "")) + (endsSentence ? "." : "");
  }

  private static String pointed(MatchResult match) {
    String word = match.group(1).toLowerCase(Locale.ROOT);
    String full = WORDS.get(word);
    String next = match.group(2);
    boolean beforeNumber = !next.isEmpty() && Character.isDigit(next.charAt(0));
    boolean isTitle = word.equals("st") && !next.isEmpty() && Character.isUpperCase(next.charAt(0));
    if (full == null || ONLY_BEFORE_NUMBERS.contains(word) && !beforeNumber && !isTitle) return match.group();
    // The point of "etc." may end the sentence as well.
    return full + (next.isEmpty() ? "." : "");
  }

  private static String capitals(MatchResult match, Predicate<String> isWord, boolean shouts) {
    String letters = match.group("letters");
    String lower = letters.toLowerCase(Locale.ROOT);
    String plural = match.group("plural") == null ? "" : match.group("plural");
    boolean spells = ALWAYS_SPELLED.contains(lower) && !(shouts && ALWAYS_WORDS.contains(lower)) || !isWord.test(lower);
    return spells ? spelled(lower) + (plural.isEmpty() ? "" : "'s") : lower + plural;
  }
}
