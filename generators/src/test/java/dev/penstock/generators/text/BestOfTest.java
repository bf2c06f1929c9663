package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.text.BestOf.Candidate;
import dev.penstock.generators.text.BestOf.Ranked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is chosen among candidates: what speaks of the brief's subject, in words of its own, to the end and without
/// going round in circles. With the real text encoder.
class BestOfTest {

  private static final String BRIEF = "Write one short advertising slogan for a waterproof hiking boot.";

  private static MiniLmEmbedder embedder;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  @Test
  void prefersWhatSpeaksOfTheSubject() {
    String slogan = "Dry feet on every trail, whatever the weather.";

    assertThat(ranking("Fresh bread every morning.", slogan, "Your taxes, done in minutes.")).startsWith(1).hasSize(3);
  }

  @Test
  void doesNotRewardTheWordsOfTheInstruction() {
    assertThat(ranking("Slogans and advertising that sell!", "Trails stay wet, your socks do not.")).startsWith(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Write one short advertising slogan for a waterproof hiking boot.",
    "Here is one short advertising slogan for waterproof boots that hikers love:",
    "A waterproof hiking boot",
    "Waterproof hiking boots!"
  })
  void putsEchoesLast(String echo) {
    assertThat(ranking(echo, "Every puddle is just scenery.")).containsExactly(1, 0);
  }

  @Test
  void keepsTheOrderOfEquals() {
    assertThat(ranking("Every puddle is just scenery.", "Every puddle is just scenery.")).containsExactly(0, 1);
  }

  @Test
  void leavesOutWhatIsEmptyOrGoesRoundInCircles() {
    int[] loop = {1, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8};
    Candidate circling = new Candidate(1, "dry dry dry", loop, FinishReason.STOP);

    assertThat(numbers(rank(whole(""), circling))).isEmpty();
    assertThat(numbers(rank(whole(""), circling, whole("Dry feet.")))).containsExactly(2);
  }

  @Test
  void leavesOutWhatWasCutOffIfSomethingIsWhole() {
    Candidate cut = new Candidate(0, "Waterproof boots for hiking on the", new int[] {1}, FinishReason.LENGTH);

    assertThat(numbers(rank(cut, whole("Good bread.")))).containsExactly(1);
    assertThat(numbers(rank(cut, whole("")))).containsExactly(0);
  }

  @Test
  void saysHowRelevantEachIs() {
    assertThat(rank(whole("Dry feet on every hike."), whole("Fresh bread.")))
        .isSortedAccordingTo((a, b) -> Double.compare(b.relevance(), a.relevance()))
        .allSatisfy(ranked -> assertThat(ranked.relevance()).isBetween(-1.0, 1.0));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Write one short advertising slogan for a waterproof hiking boot. | a waterproof hiking boot.",
    "Please write a description of a steel bottle for cyclists | a steel bottle for cyclists",
    "Describe a lamp | a lamp",
    "A red lamp, 40 W. Write a slogan. | A red lamp, 40 W. a slogan.",
    "Ein Slogan für Wanderschuhe | Ein Slogan für Wanderschuhe",
    "Write. | Write."
  })
  void knowsWhatABriefIsAbout(String brief, String subject) {
    assertThat(new Brief(brief).subject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "1 2 3 4 5 6 7 8 9 10 11 12 13 | false",
    "7 7 7 7 7 7 7 7 7 7 7 | false",
    "7 7 7 7 7 7 7 7 7 7 7 7 | true",
    "1 2 3 1 2 3 1 2 3 | false",
    "0 1 2 3 4 1 2 3 4 1 2 3 4 9 | true",
    "0 1 2 3 4 1 2 3 4 1 2 3 9 | false"
  })
  void callsThreeTimesTheSameInARowALoopFromTwelveTokensOn(String tokens, boolean loop) {
    int[] ids = Arrays.stream(tokens.split(" ")).mapToInt(Integer::parseInt).toArray();

    assertThat(RepetitionLoop.isIn(ids)).isEqualTo(loop);
  }

  @Test
  void findsLoopsOfUpToTwentyTokens() {
    assertThat(RepetitionLoop.isIn(IntStream.range(0, 60).map(i -> i % 20).toArray())).isTrue();
    assertThat(RepetitionLoop.isIn(IntStream.range(0, 42).map(i -> i % 21).toArray())).isFalse();
  }

  @Test
  void callsALongAnswerOfFewDifferentPairsALoop() {
    int[] wandering = new Random(20261122).ints(60, 0, 4).toArray();

    assertThat(RepetitionLoop.isIn(wandering)).isTrue();
    assertThat(RepetitionLoop.isIn(Arrays.copyOf(wandering, 20))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "~  \"Dry feet.\"\n~ | Dry feet.", "“Dry feet.” | Dry feet.", "\"Dry\" and \"warm\" | \"Dry\" and \"warm\"",
    "\"Dry feet | Dry feet", "'«Dry»' | Dry", "It's dry | It's dry", "\" | ~~", "~ ~ | ~~",
    "\"Dry\" feet | \"Dry\" feet",
    "'Tis dry | 'Tis dry"
  })
  void publishesTheTextWithoutItsQuotes(String written, String published) {
    assertThat(AnswerText.tidy(written)).isEqualTo(published);
  }

  private static Candidate whole(String text) {
    return new Candidate(0, text, new int[] {1, 2, 3}, FinishReason.STOP);
  }

  private static List<Integer> ranking(String... texts) {
    return numbers(rank(Arrays.stream(texts).map(BestOfTest::whole).toArray(Candidate[]::new)));
  }

  private static List<Integer> numbers(List<Ranked> ranked) {
    return ranked.stream().map(each -> each.candidate().number()).toList();
  }

  private static List<Ranked> rank(Candidate... candidates) {
    List<Candidate> numbered = new ArrayList<>();
    for (Candidate c : candidates) numbered.add(new Candidate(numbered.size(), c.text(), c.tokens(), c.finishReason()));
    return new BestOf(embedder).rank(BRIEF, numbered, true);
  }
}
