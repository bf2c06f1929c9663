package dev.penstock.generators.audio.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified: English words become phonemes as espeak-ng 1.51 writes American English (expected values were taken from it),
/// also words that are in no dictionary; sentences are apart, and long ones breathe.
class EnglishPhonemizerTest {

  private static final EnglishPhonemizer PHONEMIZER = new EnglishPhonemizer();

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Hello world. | həlˈoʊ wˈɜːld.
      Meet the trail shoe that laughs at rain. | mˈiːt ðə tɹˈeɪl ʃˈuː ðæt lˈæfs æt ɹˈeɪn.
      Order before midnight and get free shipping. | ˈɔːɹdɚ bᵻfˌoːɹ mˈɪdnˌaɪt ænd ɡɛt fɹˈiː ʃˈɪpɪŋ.
      bottle, button, city, boxes, needed | bˈɑːɾəl, bˈʌʔn̩, sˈɪɾi, bˈɑːksᵻz, nˈiːdᵻd
      the apple, over an hour | ðɪ ˈæpəl, ˌoʊvɚɹ ɐn ˈaʊɚ
      USB | jˌuːˌɛsbˈiː
      """)
  void writesWhatEspeakWrites(String text, String phonemes) throws Rejected {
    assertThat(PHONEMIZER.utterances(text)).extracting(Utterance::phonemes).containsExactly(phonemes);
  }

  @ParameterizedTest
  @CsvSource({"smartwatches,smˈɑːɹtwˌɑːtʃᵻz", "supersoft,sˈuːpɚsˌɑːft", "blorping,blˈɔːɹpɪŋ", "zorvex,zˈɔːɹvˌɛks"})
  void readsWordsThatAreInNoDictionary(String word, String phonemes) throws Rejected {
    assertThat(PHONEMIZER.utterances(word).getFirst().phonemes()).isEqualTo(phonemes);
  }

  @Test
  void cutsSentencesAndLetsLongOnesBreathe() throws Rejected {
    List<Utterance> utterances = PHONEMIZER.utterances("One two. Three! Four five six? " + "very long, ".repeat(60));
    assertThat(utterances).hasSizeGreaterThan(4);
    assertThat(utterances).extracting(Utterance::words).startsWith(2, 1, 3);
    assertThat(utterances.stream().mapToInt(Utterance::words).sum()).isEqualTo(126);
    assertThat(utterances).allSatisfy(each -> assertThat(each.phonemes().length()).isLessThan(600));
  }
}
