package dev.penstock.generators.audio.phonemes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How any English word is said: from the dictionary, else from a word in it and an ending or beginning, else from two words
/// in it, else letter by letter by rules. Any thread.
final class EnglishWords {

  private static final int SHORTEST_PART = 3;
  private static final int LONGEST_WORD = 40;

  /// Words of advertising that the dictionary does not have or has otherwise.
  private static final Map<String, String> ADDED =
      Map.ofEntries(
          Map.entry("wifi", "wI1fI2"), Map.entry("iphone", "I1fO2n"), Map.entry("ipad", "I1pA2d"), Map.entry("ebook", "Y1bU2k"),
          Map.entry("bluetooth", "blM1tM2T"), Map.entry("app", "A1p"), Map.entry("apps", "A1ps"), Map.entry("emoji", "imO1jY"),
          Map.entry("selfie", "se1lfY"), Map.entry("hashtag", "hA1StA2g"), Map.entry("podcast", "pa1dkA2st"),
          Map.entry("vegan", "vY1gun"), Map.entry("eco", "Y1kO"), Map.entry("quinoa", "kY1nwa2"), Map.entry("yoga", "yO1gu"),
          Map.entry("bamboo", "bAmbM1"), Map.entry("matcha", "ma1cu"), Map.entry("kombucha", "kumbM1cu"),
          Map.entry("ergonomic", "R2guna1mik"), Map.entry("miz", "mi1z"), Map.entry("cetera", "se1tRu"), Map.entry("et", "e1t"),
          Map.entry("celsius", "se1lsYus"), Map.entry("espresso", "espre1sO"), Map.entry("vs", "vR1sus"), Map.entry("penstock", "pe1nsta2k"), Map.entry("thirty", "TR1tY"),
          Map.entry("every", "e1vrY"), Map.entry("everyday", "e1vrYdE2"), Map.entry("camera", "kA1mru"),
          Map.entry("favorite", "fE1vrit"), Map.entry("chocolate", "ca1klut"), Map.entry("even", "Y1vun"),
          Map.entry("want", "wo1nt"), Map.entry("coffee", "ko1fY"), Map.entry("dog", "da1g"), Map.entry("online", "a2nlI1n"));

  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('a', "E1"), Map.entry('b', "bY1"), Map.entry('c', "sY1"), Map.entry('d', "dY1"), Map.entry('e', "Y1"),
          Map.entry('f', "e1f"), Map.entry('g', "jY1"), Map.entry('h', "E1c"), Map.entry('i', "I1"), Map.entry('j', "jE1"),
          Map.entry('k', "kE1"), Map.entry('l', "e1l"), Map.entry('m', "e1m"), Map.entry('n', "e1n"), Map.entry('o', "O1"),
          Map.entry('p', "pY1"), Map.entry('q', "kyM1"), Map.entry('r', "a1r"), Map.entry('s', "e1s"), Map.entry('t', "tY1"),
          Map.entry('u', "yM1"), Map.entry('v', "vY1"), Map.entry('w', "du1bulyM"), Map.entry('x', "e1ks"),
          Map.entry('y', "wI1"), Map.entry('z', "zY1"));

  private record Affix(String letters, String phonemes) {}

  private static final List<Affix> ENDINGS =
      List.of(
          new Affix("ness", "nus"), new Affix("less", "lus"), new Affix("ful", "ful"), new Affix("ment", "munt"),
          new Affix("ship", "Sip"), new Affix("like", "lI2k"), new Affix("proof", "prM2f"), new Affix("wise", "wI2z"),
          new Affix("able", "ubul"), new Affix("ing", "iN"), new Affix("ish", "iS"), new Affix("ly", "lY"), new Affix("er", "R"),
          new Affix("y", "Y"));
  private static final List<Affix> BEGINNINGS =
      List.of(
          new Affix("ultra", "u1ltru"), new Affix("super", "sM1pR"), new Affix("under", "u2ndR"), new Affix("multi", "mu1ltY"),
          new Affix("over", "O2vR"), new Affix("mini", "mi1nY"), new Affix("anti", "A2ntY"), new Affix("micro", "mI1krO"),
          new Affix("eco", "Y2kO"), new Affix("bio", "bI2O"), new Affix("non", "na2n"), new Affix("pre", "prY2"),
          new Affix("un", "u2n"), new Affix("re", "rY2"));

  private final PronunciationDictionary dictionary = PronunciationDictionary.english();
  private final LetterRules rules = LetterRules.english();

  /// @param word in lower case
  boolean has(String word) {
    return known(word).isPresent();
  }

  /// Letters by their names, the last one stressed most.
  String spelled(String letters) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      String name = LETTERS.get(letters.charAt(i));
      names.append(i == letters.length() - 1 ? name : Stress.weaker(name));
    }
    return names.toString();
  }

  /// @param word letters a to z and apostrophes
  /// @return in the notation of [Ipa]
  String say(String word) {
    String cut = word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) : word;
    return known(cut)
        .map(said -> bySpelling(cut, said))
        .or(() -> inflected(cut))
        .or(() -> derived(cut))
        .or(() -> compound(cut))
        .orElseGet(() -> unknown(cut.replace("'", "")));
  }

  /// What the dictionary's reduced vowel sounds like, which the spelling shows: jacket, softest, unlock.
  private static String bySpelling(String word, String said) {
    String shown = said;
    if (word.startsWith("un") && said.startsWith("un")) shown = "V" + said.substring(1);
    if (word.matches(".*(?:et|ets|est|it|its|ic|ist|ists)")) shown = shown.replaceFirst("u(ts?|sts?|k)$", "i$1");
    return shown;
  }

  private Optional<String> known(String word) {
    return Optional.ofNullable(ADDED.get(word)).or(() -> dictionary.find(word));
  }

  private Optional<String> base(String word) {
    return word.length() < SHORTEST_PART ? Optional.empty() : known(word).or(() -> inflected(word)).or(() -> compound(word));
  }

  private String unknown(String word) {
    boolean hasVowel = word.chars().anyMatch(letter -> "aeiouy".indexOf(letter) >= 0);
    return hasVowel || word.isEmpty() ? rules.read(word) : spelled(word);
  }

  /// With 's, -s, -es, -ed, -d or -ing.
  private Optional<String> inflected(String word) {
    if (word.endsWith("'s")) return Optional.of(plural(say(cut(word, 2))));
    if (word.endsWith("'")) return Optional.of(say(cut(word, 1)));
    Optional<String> said = Optional.empty();
    if (word.endsWith("s") && !word.endsWith("ss")) said = known(cut(word, 1)).map(EnglishWords::plural);
    if (said.isEmpty() && word.endsWith("ies")) said = known(cut(word, 3) + "y").map(EnglishWords::plural);
    if (said.isEmpty() && word.endsWith("es")) said = known(cut(word, 2)).map(EnglishWords::plural);
    if (said.isEmpty() && word.endsWith("ed"))
      said = known(cut(word, 2)).or(() -> known(cut(word, 1))).or(() -> undoubled(cut(word, 2))).map(EnglishWords::past);
    if (said.isEmpty() && word.endsWith("ing"))
      said = known(cut(word, 3) + "e").or(() -> undoubled(cut(word, 3))).map(base -> base + "iN");
    return said;
  }

  private Optional<String> undoubled(String word) {
    int last = word.length() - 1;
    boolean isDoubled = last > 1 && word.charAt(last) == word.charAt(last - 1);
    return isDoubled ? known(word.substring(0, last)) : Optional.empty();
  }

  private Optional<String> derived(String word) {
    for (Affix ending : ENDINGS) {
      if (!word.endsWith(ending.letters)) continue;
      Optional<String> base = base(cut(word, ending.letters.length()));
      if (base.isPresent()) return base.map(said -> said + ending.phonemes);
    }
    for (Affix beginning : BEGINNINGS) {
      if (!word.startsWith(beginning.letters)) continue;
      Optional<String> base = base(word.substring(beginning.letters.length()));
      if (base.isPresent()) return base.map(said -> Stress.one(beginning.phonemes + said));
    }
    return Optional.empty();
  }

  /// Two words of the dictionary, as even as possible.
  private Optional<String> compound(String word) {
    int middle = word.length() / 2;
    for (int off = 0; middle - off >= SHORTEST_PART; off++)
      for (int cut : new int[] {middle + off, middle - off}) {
        if (word.length() - cut < SHORTEST_PART) continue;
        Optional<String> first = known(word.substring(0, cut));
        Optional<String> second = first.isEmpty() ? first : known(word.substring(cut)).or(() -> inflected(word.substring(cut)));
        if (second.isPresent()) return Optional.of(first.get() + Stress.weaker(second.get()));
      }
    return Optional.empty();
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }

  private static String plural(String said) {
    return said + switch (last(said)) {
      case 's', 'z', 'S', 'Z', 'c', 'j' -> "iz";
      case 'p', 't', 'k', 'f', 'T' -> "s";
      default -> "z";
    };
  }

  private static String past(String said) {
    return said + switch (last(said)) {
      case 't', 'd' -> "id";
      case 'p', 'k', 'f', 'T', 's', 'S', 'c' -> "t";
      default -> "d";
    };
  }

  private static char last(String said) {
    char last = said.isEmpty() ? ' ' : said.charAt(said.length() - 1);
    return Character.isDigit(last) ? said.charAt(said.length() - 2) : last;
  }
}
