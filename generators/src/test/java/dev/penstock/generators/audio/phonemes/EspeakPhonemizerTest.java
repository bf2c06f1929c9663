package dev.penstock.generators.audio.phonemes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Specified: espeak-ng is asked where it is installed, clause by clause, and keeps what ends a clause; where it is not, a
/// sentence says so. Skipped in part where it is not installed.
class EspeakPhonemizerTest {

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "espeak-ng")));
  }

  @Test
  void keepsSentencesAndClauses() throws GenerationException {
    assumeTrue(isInstalled(), "espeak-ng is not installed");
    List<Utterance> utterances = new EspeakPhonemizer("espeak-ng", "en-us").utterances("Pour, sip: smile. Hello world!");
    assertThat(utterances).extracting(Utterance::phonemes).containsExactly("pˈoːɹ, sˈɪp: smˈaɪl.", "həlˈoʊ wˈɜːld!");
    assertThat(utterances).extracting(Utterance::words).containsExactly(3, 2);
  }

  @Test
  void hasNothingToSayOfSigns() throws GenerationException {
    assertThat(new EspeakPhonemizer("espeak-ng", "en-us").utterances(" ... !")).isEmpty();
  }

  @Test
  void saysWhenTheProgramIsMissing() {
    Rejected refused = catchThrowableOfType(Rejected.class,
        () -> new EspeakPhonemizer("no-such-program", "en-us").utterances("Hello"));
    assertThat(refused.reason()).isEqualTo("ESPEAK_MISSING");
    assertThat(refused).hasMessageContaining("espeak-ng is not installed");
  }

  @Test
  void saysWhenTheLanguageIsUnknown() {
    assumeTrue(isInstalled(), "espeak-ng is not installed");
    Rejected refused = catchThrowableOfType(Rejected.class,
        () -> new EspeakPhonemizer("espeak-ng", "xx-none").utterances("Hello"));
    assertThat(refused.reason()).isEqualTo("ESPEAK_VOICE");
  }
}
