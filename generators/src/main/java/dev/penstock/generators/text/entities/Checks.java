package dev.penstock.generators.text.entities;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rules for what can be checked without asking anybody. A type has a rule by its name: `CARD`, `EMAIL`, `PHONE`, `DATE`,
/// `PRICE` and the usual other words for them, in any case, with dashes, spaces or underscores. A passed check says that the
/// words are well formed, not that the account or the mailbox exists.
final class Checks {

  private static final Pattern CARD = Pattern.compile("\\d(?:[ -]?\\d){11,18}");

  /// RFC 5321's lengths and the characters of a dot-atom of RFC 5322; letters of any language are allowed (RFC 6531).
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?=.{3,254}$)(?=[^@]{1,64}@)[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
              + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+\\p{L}{2,63}");

  private static final Pattern PHONE =
      Pattern.compile("\\+?[\\d ()./-]+(?:\\s*(?:ext\\.?|x)\\s*\\d{1,6})?", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXTENSION = Pattern.compile("(?:ext|x).*", Pattern.CASE_INSENSITIVE);
  private static final int FEWEST_DIGITS = 6;
  /// ITU-T E.164.
  private static final int MOST_DIGITS = 15;

  private static final String NUMBER = "(?:\\d{1,3}(?:([.,'’ \\u00a0])\\d{3})(?:\\1\\d{3})*|\\d+)(?:[.,]\\d{1,2}|[.,][-–])?";
  private static final String CURRENCY =
      "(?:[$€£¥₹]|(?:US|C|A)\\$|EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|CZK|INR|euros?|dollars?|pounds?|francs?|cents?|yen)";
  private static final Pattern PRICE =
      Pattern.compile(
          "(" + CURRENCY + ")?\\s*" + NUMBER + "\\s*(?:k|m|bn|million|thousand)?\\s*(" + CURRENCY + ")?", Pattern.CASE_INSENSITIVE);

  private Checks() {}

  /// Whether `words` keep the rule of their type; null if there is none, or none for words like these.
  static @Nullable Boolean check(String type, String words) {
    return switch (type.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "")) {
      case "card", "creditcard", "cardnumber", "creditcardnumber" -> isCard(words);
      case "email", "emailaddress", "mail" -> EMAIL.matcher(words).matches();
      case "phone", "phonenumber", "telephone", "telephonenumber" -> isPhone(words);
      case "date" -> DateCheck.check(words);
      case "price", "money", "amount" -> isPrice(words);
      default -> null;
    };
  }

  /// 12 to 19 digits whose last fits the others (ISO/IEC 7812-1, annex B: Luhn's formula).
  private static boolean isCard(String words) {
    if (!CARD.matcher(words).matches()) return false;
    String digits = words.replaceAll("\\D", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : 2 * digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }

  private static boolean isPhone(String words) {
    if (!PHONE.matcher(words).matches()) return false;
    long digits = EXTENSION.matcher(words).replaceFirst("").chars().filter(Character::isDigit).count();
    return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
  }

  /// A number as English or continental texts write it, with a currency before or after it.
  private static boolean isPrice(String words) {
    Matcher matcher = PRICE.matcher(words);
    return matcher.matches() && (matcher.group(1) == null) != (matcher.group(3) == null);
  }
}
