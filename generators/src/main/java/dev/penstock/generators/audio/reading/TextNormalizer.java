package dev.penstock.generators.audio.reading;

import dev.penstock.generators.GenerationException.Rejected;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Writes out what is written short: "$5" becomes "five dollars". Any thread.
///
/// The result has letters a to z in words with apostrophes, `^` before letters that are read by their names, and the
/// punctuation `. , ? ! ; :`; nothing else.
public final class TextNormalizer {

  private static final String NUMBER = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d*\\.?\\d+";
  private static final Pattern RANGE = Pattern.compile("(?<![\\d-])(\\d+(?:\\.\\d+)?) ?- ?(?=\\d+(?:\\.\\d+)?\\b(?!-))");
  private static final Pattern FRACTION = Pattern.compile("(?<![\\d/])(?:(\\d+) )?(\\d)/(\\d{1,2})(?![\\d/])");
  private static final Pattern ORDINAL = Pattern.compile("\\b(\\d{1,3}(?:,\\d{3})+|\\d{1,15})(?:st|nd|rd|th)\\b");
  private static final Pattern NEGATIVE = Pattern.compile("(?<![\\w)])-(?=\\.?\\d)");
  private static final Pattern MIXED = Pattern.compile("(?<=[A-Za-z])(?=\\d)|(?<=\\d)(?=[A-Za-z])");
  private static final Pattern PLAIN_NUMBER = Pattern.compile(NUMBER);
  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z]{3})(?=[A-Z][a-z]{2})");
  private static final Map<String, String> PARTS = Map.of("2", "half", "3", "third", "4", "quarter", "8", "eighth", "10", "tenth", "5", "fifth");

  private final Predicate<String> isWord;

  /// @param isWord whether letters in lower case are a word of a dictionary; those in capitals that are none are spelled
  public TextNormalizer(Predicate<String> isWord) {
    this.isWord = isWord;
  }

  /// @throws Rejected the text is not in Latin letters
  public String normalize(String text) throws Rejected {
    String words = Characters.tidy(text);
    words = Addresses.write(words);
    words = Moments.write(words);
    words = NEGATIVE.matcher(words).replaceAll("minus ");
    words = Amounts.write(words);
    words = Abbreviations.signs(words);
    words = numbers(Abbreviations.words(words));
    words = Abbreviations.capitals(CAMEL.matcher(words).replaceAll(" "), isWord);
    return punctuation(words);
  }

  private static String numbers(String text) {
    String written = RANGE.matcher(text).replaceAll("$1 to ");
    written = FRACTION.matcher(written).replaceAll(TextNormalizer::fraction);
    written = ORDINAL.matcher(written).replaceAll(
        match -> NumberWords.ordinal(Long.parseLong(match.group(1).replace(",", ""))));
    written = MIXED.matcher(written).replaceAll(" ");
    return PLAIN_NUMBER.matcher(written).replaceAll(match -> " " + NumberWords.decimal(match.group()) + " ");
  }

  private static String fraction(MatchResult match) {
    String part = PARTS.get(match.group(3));
    if (part == null || match.group(2).equals("0"))
      return NumberWords.cardinal(match.group(2)) + " out of " + NumberWords.cardinal(match.group(3));
    boolean isOne = match.group(2).equals("1");
    String words = NumberWords.cardinal(match.group(2)) + " " + (isOne ? part : part.equals("half") ? "halves" : part + "s");
    if (match.group(1) == null) return words;
    return NumberWords.cardinal(match.group(1)) + " and " + (isOne ? "a " + part : words);
  }

  private static String punctuation(String text) {
    return text
        .replaceAll("\\n\\s*\\n|(?<=[A-Za-z0-9])\\n", ". ").replaceAll("\\s+", " ")
        .replaceAll(" - |--+", ", ").replaceAll("[()\\[\\]<>|]", ", ").replaceAll("[/_-]", " ")
        .replaceAll("(?<![A-Za-z])'|'(?![A-Za-z])", " ").replaceAll("[^A-Za-z^'.,?!;: ]", " ")
        .replaceAll(" +(?=[.,?!;:])", "").replaceAll("[,;:](?=[.,?!;:])|(?<=[.?!]),", "").replaceAll("(?<=[.?!])[.?!]+", "")
        .replaceAll("(?<=[a-zA-Z])([.?!;:,])(?=[a-zA-Z^])", "$1 ")
        .replaceAll(" +", " ").replaceFirst("^[ .,?!;:]+", "").strip();
  }
}
