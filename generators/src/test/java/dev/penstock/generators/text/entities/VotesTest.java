package dev.penstock.generators.text.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.text.TokenSpans;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Specified: the tokens of a word get the type that most of their scores are for; punctuation at a word's ends and white
/// space that is a token have their own.
class VotesTest {

  private static final int[] NONE = {};

  private static List<String> types(String text, int[] starts, int[] ends, List<String> labels, float... scores) {
    Label[] read = labels.stream().map(Label::of).toArray(Label[]::new);
    Votes.take(text, new TokenSpans(NONE, new int[starts.length], starts, ends, NONE), read, scores);
    return Arrays.stream(read).map(Label::type).toList();
  }

  @Test
  void oneTypeAWordAndItsOwnForThePunctuationBehindIt() {
    List<String> types =
        types("Wyndham, 48", new int[] {0, 4, 7, 9}, new int[] {4, 7, 8, 11}, List.of("B-BRAND", "I-PERSON", "O", "O"), 0.5f, 0.9f, 0.9f, 0.9f);
    assertThat(types).containsExactly("PERSON", "PERSON", "O", "O");
  }

  @Test
  void wordsOnTwoLinesAreTwoWordsWhereTheEndOfALineIsAToken() {
    List<String> types =
        types("Osei\n48", new int[] {0, 4, 5, 6}, new int[] {4, 5, 6, 7}, List.of("B-PERSON", "O", "B-ADDRESS", "I-ADDRESS"), 0.9f, 0.6f, 0.8f, 0.8f);
    assertThat(types).containsExactly("PERSON", "O", "ADDRESS", "ADDRESS");
  }

  @Test
  void placesCountCodePoints() {
    List<String> types = types("🙂🙂 Zoë.", new int[] {0, 1, 3, 5, 6}, new int[] {1, 2, 5, 6, 7}, List.of("O", "O", "B-PERSON", "O", "O"), 0.9f, 0.9f, 0.9f, 0.4f, 0.9f);
    assertThat(types).containsExactly("O", "O", "PERSON", "PERSON", "O");
  }
}
