package dev.penstock.generators.text.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Stop strings: the first that is complete ends the text, nothing of it is ever released, and where the pieces are cut
/// does not matter.
class StopScannerTest {

  private static final long SEED = 20261122;

  @Test
  void holdsBackWhatMayBecomeAStopStringAndReleasesItWhenItDoesNot() {
    StopScanner scanner = new StopStrings(List.of("STOP")).scanner();

    assertThat(scanner.add("Go S")).isEqualTo("Go ");
    assertThat(scanner.add("TO")).isEmpty();
    assertThat(scanner.add("RM ST")).isEqualTo("STORM ");
    assertThat(scanner.isStopped()).isFalse();
    assertThat(scanner.add("OP and more")).isEmpty();
    assertThat(scanner.isStopped()).isTrue();
    assertThat(scanner.add("more")).isEmpty();
    assertThat(scanner.finish()).isEmpty();
  }

  @Test
  void releasesWhatWasHeldBackWhenTheTextEnds() {
    StopScanner scanner = new StopStrings(List.of("\n\n", "END")).scanner();

    assertThat(scanner.add("a line\n")).isEqualTo("a line");
    assertThat(scanner.finish()).isEqualTo("\n");
    assertThat(scanner.isStopped()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'bc,abcd', xabcd, xa", "'bcd,abcd', xabcd, x", "aab, aaab, a", "'aa', baab, b", "z, abc, abc", "a, a, ''"})
  void endsWithTheStringThatIsCompleteFirstAndOfThoseTheLongest(String stops, String text, String before) {
    assertThat(new StopStrings(List.of(stops.split(","))).before(text)).isEqualTo(before);
  }

  @Test
  void givesTheSameTextHoweverThePiecesAreCut() {
    Random random = new Random(SEED);
    int stopped = 0;
    for (int round = 0; round < 2_000; round++) {
      StopStrings stops = new StopStrings(IntStream.range(0, 3).mapToObj(i -> word(random, 1 + random.nextInt(5))).toList());
      String text = word(random, 40);
      StopScanner scanner = stops.scanner();
      StringBuilder released = new StringBuilder();
      for (String piece : cut(random, text)) {
        released.append(scanner.add(piece));
        for (String stop : stops.strings()) assertThat(released).as("seed %d, round %d", SEED, round).doesNotContain(stop);
      }
      released.append(scanner.finish());

      assertThat(released).as("seed %d, round %d", SEED, round).hasToString(stops.before(text));
      if (scanner.isStopped()) stopped++;
    }
    assertThat(stopped).isBetween(100, 1_990);
  }

  @Test
  void isOneStringOrAnArrayOfThem() {
    assertThat(StopStrings.parse("\n").strings()).containsExactly("\n");
    assertThat(StopStrings.parse("END \"x\"").strings()).containsExactly("END \"x\"");
    assertThat(StopStrings.parse("[\"\\n\", \"[\", \"é\"]").strings()).containsExactly("\n", "[", "é");
    assertThat(StopStrings.parse("[]").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[1]", "[\"a\", null]", "[\"a\"] b", "[\"\"]", "", "[[\"a\"]]"})
  void refusesWhatIsNeither(String parameter) {
    assertThatIllegalArgumentException().isThrownBy(() -> StopStrings.parse(parameter));
  }

  @Test
  void isBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopStrings(IntStream.range(0, 9).mapToObj(Integer::toString).toList()))
        .withMessage("9 stop strings; at most 8 are allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopStrings(List.of("x".repeat(101))))
        .withMessage("a stop string of 101 characters; 1 to 100 are allowed");
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) word.append((char) ('a' + random.nextInt(3)));
    return word.toString();
  }

  private static List<String> cut(Random random, String text) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + random.nextInt(6));
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }
}
