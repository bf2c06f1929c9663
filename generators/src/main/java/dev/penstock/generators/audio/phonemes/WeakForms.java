package dev.penstock.generators.audio.phonemes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Small words as they are said within a sentence, where most lose their stress.
final class WeakForms {

  private static final String FORMS =
      """
      a ɐ; an ɐn; the ðə; to tə; of ʌv; and ænd; for fɔːɹ; that ðæt; in ɪn; at æt; is ɪz; are ɑːɹ; was wʌz; were wɜː;
      am æm; be biː; been bɪn; it ɪt; its ɪts; it's ɪts; i aɪ; i'm aɪm; you juː; your jʊɹ; you're jʊɹ; he hiː; she ʃiː; we wiː;
      they ðeɪ; them ðˌɛm; their ðɛɹ; there ðɛɹ; his hɪz; her hɜː; my maɪ; our ˌaʊɚ; me mˌiː; him hˌɪm; us ˌʌs; with wɪð; on ˌɔn;
      from fɹʌm; as æz; by baɪ; or ɔːɹ; nor nɔːɹ; but bˌʌt; if ɪf; so sˌoʊ; than ðɐn; this ðɪs; these ðiːz; those ðoʊz; have hæv;
      has hɐz; had hɐd; do dˈuː; does dʌz; can kæn; could kʊd; will wɪl; would wʊd; should ʃˌʊd; may mˈeɪ; might mˌaɪt;
      must mˈʌst; who hˌuː; what wˌʌt; when wˌɛn; where wˌɛɹ; why wˌaɪ; how hˌaʊ; which wˌɪtʃ; while wˌaɪl; into ˌɪntʊ;
      over ˌoʊvɚ; under ˌʌndɚ; up ˌʌp; about ɐbˌaʊt; through θɹuː; any ˌɛni; some sˌʌm; just dʒˈʌst; too tˈuː; get ɡɛt;
      because bɪkˈʌz; without wɪðˌaʊt; before bᵻfˌoːɹ; we've wiːv; you'll juːl; we'll wiːl; it'll ˌɪɾəl; let's lˈɛts; own ˈoʊn
      """;

  private static final Map<String, String> BY_WORD = byWord();

  private WeakForms() {}

  private static Map<String, String> byWord() {
    Map<String, String> forms = new HashMap<>();
    for (String form : FORMS.split(";")) {
      String[] both = form.strip().split(" ");
      forms.put(both[0], both[1]);
    }
    return forms;
  }

  /// @param word in lower case
  static Optional<String> find(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
