package dev.penstock.generators.audio.phonemes;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.audio.reading.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// American English by a dictionary and rules, without any other program.
public final class EnglishPhonemizer implements Phonemizer {

  private static final Pattern TOKEN = Pattern.compile("\\^[a-z]+(?:'s)?|[A-Za-z][A-Za-z']*|[.,?!;:]");
  private static final String VOWEL_SYMBOLS = "aæɐɑɒɔəɚɛɜiɪoʊuʌᵻe";

  private final EnglishWords words = new EnglishWords();
  private final TextNormalizer normalizer = new TextNormalizer(words::has);

  @Override
  public List<Utterance> utterances(String text) throws Rejected {
    List<Utterance> utterances = new ArrayList<>();
    for (String sentence : Sentences.of(normalizer.normalize(text))) {
      Utterance utterance = utterance(sentence);
      if (utterance.words() > 0) utterances.add(utterance);
    }
    return utterances;
  }

  private Utterance utterance(String sentence) {
    StringBuilder phonemes = new StringBuilder();
    int count = 0;
    for (String token : TOKEN.matcher(sentence).results().map(MatchResult::group).toList()) {
      if (Character.isLetter(token.charAt(0)) || token.charAt(0) == '^') {
        String said = word(token);
        link(phonemes, said);
        phonemes.append(phonemes.isEmpty() ? "" : " ").append(said);
        count++;
      } else if (!phonemes.isEmpty()) phonemes.append(token);
    }
    return new Utterance(phonemes.toString(), count);
  }

  private String word(String token) {
    if (token.charAt(0) == '^') {
      boolean hasGenitive = token.endsWith("'s");
      String letters = token.substring(1, token.length() - (hasGenitive ? 2 : 0));
      return Ipa.of(words.spelled(letters) + (hasGenitive ? "z" : ""));
    }
    String word = token.toLowerCase(Locale.ROOT);
    return WeakForms.find(word).orElseGet(() -> Ipa.of(words.say(word)));
  }

  /// What the word before becomes in front of a vowel: "the" changes its own, and an r is heard.
  private static void link(StringBuilder before, String next) {
    String start = next.replaceFirst("^[ˈˌ]", "");
    if (start.isEmpty() || VOWEL_SYMBOLS.indexOf(start.charAt(0)) < 0 || before.isEmpty()) return;
    if (endsWithWord(before, "ðə")) before.setCharAt(before.length() - 1, 'ɪ');
    else if (endsWithWord(before, "tə")) before.setCharAt(before.length() - 1, 'ʊ');
    else if (before.charAt(before.length() - 1) == 'ɚ') before.append('ɹ');
  }

  private static boolean endsWithWord(StringBuilder text, String word) {
    int start = text.length() - word.length();
    return start >= 0 && text.indexOf(word, start) == start && (start == 0 || text.charAt(start - 1) == ' ');
  }
}
