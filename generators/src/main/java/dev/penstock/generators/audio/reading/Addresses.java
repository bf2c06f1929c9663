package dev.penstock.generators.audio.reading;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// E-mail addresses, places on the web and telephone numbers.
final class Addresses {

  private static final Pattern MAIL = Pattern.compile("\\b[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+\\b");
  private static final Pattern WEB =
      Pattern.compile(
          "\\b(?:https?://[^\\s,;!?\"()]+|(?:www\\.)[^\\s,;!?\"()]+|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*"
              + "\\.(?:com|org|net|io|dev|shop|store|app|info|eu|uk|de|fr|us|ai|tv)(?:/[^\\s,;!?\"()]*)?)(?<![.:])(?![A-Za-z0-9])");
  private static final Pattern PHONE =
      Pattern.compile("(?:\\+?\\d{1,2}[ -])?(?:\\(\\d{3}\\) ?|\\d{3}-)\\d{3}-\\d{4}\\b|\\b\\d{3}-\\d{4}\\b|\\+\\d{1,3}(?: \\d{2,5}){2,5}\\b");
  private static final Pattern PIECES = Pattern.compile("[A-Za-z]+|[0-9]+|[^A-Za-z0-9]");
  private static final Set<String> WORDS = Set.of("com", "org", "net", "info", "shop", "store", "dev", "app");
  private static final int LONGEST_SPELLED = 2;

  private Addresses() {}

  static String write(String text) {
    String mailed = MAIL.matcher(text).replaceAll(match -> spoken(match.group()));
    String linked = WEB.matcher(mailed).replaceAll(match -> spoken(match.group().replaceFirst("^https?://", "")));
    return PHONE.matcher(linked).replaceAll(Addresses::digits);
  }

  private static String digits(MatchResult phone) {
    return Stream.of(phone.group().split("[^0-9]+")).filter(group -> !group.isEmpty())
        .map(NumberWords::digits).collect(Collectors.joining(", "));
  }

  private static String spoken(String address) {
    String bare = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    return PIECES.matcher(bare).results().map(MatchResult::group).map(Addresses::piece)
        .collect(Collectors.joining(" "));
  }

  private static String piece(String piece) {
    String lower = piece.toLowerCase(Locale.ROOT);
    return switch (lower.charAt(0)) {
      case '.' -> "dot";
      case '@' -> "at";
      case '/' -> "slash";
      case '-' -> "dash";
      case '_' -> "underscore";
      case '+' -> "plus";
      case '?' -> "question mark";
      case '=' -> "equals";
      case '&' -> "and";
      case '#' -> "hash";
      case '%' -> "percent";
      case ':' -> "colon";
      default -> Character.isDigit(lower.charAt(0)) ? number(lower) : word(lower);
    };
  }

  private static String number(String digits) {
    return digits.length() > 4 ? NumberWords.digits(digits) : NumberWords.cardinal(digits);
  }

  private static String word(String letters) {
    boolean isSpelled = letters.equals("www") || letters.length() <= LONGEST_SPELLED && !letters.matches("my|go|to|on|we|us|in|up|it");
    return isSpelled && !WORDS.contains(letters) ? Abbreviations.spelled(letters) : letters;
  }
}
