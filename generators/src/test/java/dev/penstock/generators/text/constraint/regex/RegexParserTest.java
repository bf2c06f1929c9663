package dev.penstock.generators.text.constraint.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.generators.text.constraint.expression.CodePoints;
import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.constraint.expression.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a regular expression means: the same as to java.util.regex, over random expressions and texts with fixed seeds
/// (but for the ends of lines, where ours is ECMA-262); and what is not regular or not known is refused by name and place.
class RegexParserTest {

  private static final String LETTERS = "abc1é€𝄞 ";

  @Test
  void matchesWhatJavaMatches() {
    int matching = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      String regex = alternatives(random, 3);
      Expression expression = RegexParser.whole(regex, CodePoints::utf8);
      Pattern java = Pattern.compile(regex);
      for (int i = 0; i < 20; i++) {
        String text = i % 2 == 0 ? Texts.draw(expression, random, 12) : text(random);
        if (text.chars().anyMatch(c -> "\r\u0085\u2028\u2029".indexOf(c) >= 0)) continue;
        boolean expected = java.matcher(text).matches();
        if (expected) matching++;
        assertThat(Texts.matches(expression, text)).as("seed %d: %s with '%s'", seed, regex, text).isEqualTo(expected);
      }
    }
    assertThat(matching).isGreaterThan(10_000);
  }

  @Test
  void theShortestTextMatchesAndNoneIsShorter() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Expression expression = RegexParser.whole(alternatives(random, 3), CodePoints::utf8);
      Expression end = expression;
      for (byte value : expression.shortest()) end = end.after(value & 0xFF);

      assertThat(end.acceptsEmpty()).isTrue();
      assertThat(expression.shortest()).hasSize(expression.minBytes());
      for (int i = 0; i < 10; i++)
        assertThat(Texts.draw(expression, random, 6).getBytes(StandardCharsets.UTF_8).length)
            .isGreaterThanOrEqualTo(expression.minBytes());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "^[A-Z][a-z]{2,4}$           ; Boots     ; boots",
      "\\d{3}-\\d{4}               ; 555-0199  ; 555-019",
      "(?:red|green|blue) boots?   ; blue boot ; pink boots",
      "(?<size>[SML]|XL)           ; XL        ; XS",
      "[^\\]\\-a-c]+               ; x.y       ; x-y",
      "\\x41\\u0042\\p{Lu}         ; ABÄ       ; ABä",
      "a.c                         ; a€c       ; ac",
      "a+?b*?                      ; aab       ; b",
      "\\$\\d+\\.\\d\\d            ; $12.50    ; 12.50"})
  void readsWhatPeopleWrite(String regex, String in, String out) {
    Expression expression = RegexParser.whole(regex, CodePoints::utf8);

    assertThat(Texts.matches(expression, in)).isTrue();
    assertThat(Texts.matches(expression, out)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "a(?=b)     | at character 2 stands a look-ahead, which is not supported",
      "(?<!a)b    | at character 1 stands a look-behind, which is not supported",
      "(a)\\1     | at character 5 stands a back reference, which is not supported",
      "\\bword    | at character 2 stands \\b (a word boundary), which is not supported",
      "(?i)a      | at character 1 stands (?, which is only supported as (?:...) and (?<name>...)",
      "a++        | at character 3 stands a possessive quantifier, which is not supported",
      "a{2,1}     | at character 2 stands {2,1}; the lower count comes first",
      "a{99999}   | at character 2 stands a count of 99999; at most 10000 is allowed",
      "(a         | at character 1 stands a ( without its )",
      "a)         | at character 2 there is a ) without its (",
      "[a         | at character 1 stands a [ without its ]",
      "[z-a]      | at character 2 stands a range whose lower end is not first",
      "a^b        | at character 2 ^ stands inside; it is allowed at the start only",
      "*a         | at character 1 the quantifier * has nothing to repeat",
      "\\p{Han}   | at character 3 stands an unknown \\p{...}; known are L, Ll, Lu, N, Nd, P, S, Zs",
      "a\\        | at character 3 the regular expression ends with a \\",
      "\\q        | at character 2 stands the unknown escape \\q"})
  void refusesByNameAndPlace(String regex, String sentence) {
    assertThatExceptionOfType(RegexException.class)
        .isThrownBy(() -> RegexParser.whole(regex, CodePoints::utf8))
        .withMessage(sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 5_000})
  void refusesDeepNestingAndGreatLength(int depth) {
    String regex = "(".repeat(depth) + "a" + ")".repeat(depth);
    assertThatExceptionOfType(RegexException.class).isThrownBy(() -> RegexParser.whole(regex, CodePoints::utf8));
  }

  private static String alternatives(Random random, int depth) {
    StringBuilder regex = new StringBuilder();
    int branches = 1 + random.nextInt(2);
    for (int i = 0; i < branches; i++) {
      if (i > 0) regex.append('|');
      int parts = random.nextInt(4);
      for (int part = 0; part < parts; part++) regex.append(atom(random, depth)).append(quantifier(random));
    }
    return regex.toString();
  }

  private static String atom(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 5)) {
      case 0, 1 -> letter(random);
      case 2 -> "[" + (random.nextBoolean() ? "^" : "") + letter(random) + "a-b" + letter(random) + "]";
      case 3 -> ".";
      case 4 -> new String[] {"\\d", "\\w", "\\s", "\\D", "\\W", "\\S"}[random.nextInt(6)];
      default -> "(" + alternatives(random, depth - 1) + ")";
    };
  }

  private static String quantifier(Random random) {
    String[] all = {"", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"};
    return all[random.nextInt(all.length)];
  }

  private static String letter(Random random) {
    int[] points = LETTERS.codePoints().toArray();
    return Character.toString(points[random.nextInt(points.length)]);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) text.append(letter(random));
    return text.toString();
  }
}
