package dev.penstock.generators.audio.phonemes;

import java.util.Map;

/// Phonemes of a word as espeak-ng writes American English, from the notation of our tables.
///
/// The notation is one character a phoneme of the ARPAbet, 1 or 2 after a stressed vowel: `b c=CH d D=DH f g h j=JH k l m n
/// N=NG p r s S=SH t T=TH v w y z Z=ZH`, and the vowels `a=AA A=AE u=AH o=AO W=AW I=AY e=EH R=ER E=EY i=IH Y=IY O=OW X=OY
/// U=UH M=UW`, and V for AH that is not stressed and not reduced, as in unlock.
final class Ipa {

  private static final String VOWELS = "aAuoWIeREiYOXUMV";
  private static final String FLAP_AFTER = VOWELS + "r";
  private static final String SHORT_O_BEFORE = "fsTN";

  private static final Map<Character, String> CONSONANTS =
      Map.ofEntries(
          Map.entry('c', "tʃ"), Map.entry('D', "ð"), Map.entry('g', "ɡ"), Map.entry('j', "dʒ"), Map.entry('N', "ŋ"),
          Map.entry('r', "ɹ"), Map.entry('S', "ʃ"), Map.entry('T', "θ"), Map.entry('y', "j"), Map.entry('Z', "ʒ"));

  private static final Map<Character, String> SIMPLE_VOWELS =
      Map.of('A', "æ", 'W', "aʊ", 'I', "aɪ", 'e', "ɛ", 'E', "eɪ", 'O', "oʊ", 'X', "ɔɪ", 'U', "ʊ", 'M', "uː", 'V', "ʌ");

  private final String word;
  private final StringBuilder ipa = new StringBuilder();

  private Ipa(String word) {
    this.word = word;
  }

  static boolean isVowel(char phoneme) {
    return VOWELS.indexOf(phoneme) >= 0;
  }

  /// @param word phonemes in the tables' notation
  static String of(String word) {
    return new Ipa(word).written();
  }

  private String written() {
    for (int i = 0; i < word.length(); i++) {
      char one = word.charAt(i);
      if (isVowel(one)) vowel(i, one);
      else if (isSwallowedT(i)) {
        ipa.append("ʔn̩");
        i += 2;
      } else if (one == 't') ipa.append(isFlapped(i) ? 'ɾ' : 't');
      else if (!Character.isDigit(one)) ipa.append(CONSONANTS.getOrDefault(one, String.valueOf(one)));
    }
    return ipa.toString();
  }

  private char at(int position) {
    return position >= 0 && position < word.length() ? word.charAt(position) : ' ';
  }

  private char stress(int vowel) {
    return Character.isDigit(at(vowel + 1)) ? at(vowel + 1) : '0';
  }

  /// The phoneme after position `from`, without marks of stress.
  private char next(int from) {
    return Character.isDigit(at(from + 1)) ? at(from + 2) : at(from + 1);
  }

  private char before(int position) {
    return Character.isDigit(at(position - 1)) ? at(position - 2) : at(position - 1);
  }

  private void vowel(int i, char vowel) {
    char stress = stress(i);
    if (stress == '1') ipa.append('ˈ');
    if (stress == '2') ipa.append('ˌ');
    char next = next(i);
    ipa.append(switch (vowel) {
      case 'a' -> "ɑː";
      case 'u' -> stress == '0' ? schwa(i) : "ʌ";
      case 'o' -> open(i, next);
      case 'R' -> (stress == '0' ? "ɚ" : "ɜː") + (isVowel(next) ? "ɹ" : "");
      case 'i' -> stress == '0' ? shortI(i) : "ɪ";
      case 'Y' -> next == 'r' ? "ɪ" : i == 1 && at(0) == 'r' && stress == '0' && !isVowel(next) ? "ᵻ" : stress == '0' ? "i" : "iː";
      default -> SIMPLE_VOWELS.get(vowel);
    });
  }

  private String open(int i, char next) {
    if (next == 'r') return word.substring(i).matches("o[12]?r[zd]?") ? "oː" : "ɔː";
    return SHORT_O_BEFORE.indexOf(next) >= 0 ? "ɔ" : "ɔː";
  }

  private String schwa(int i) {
    if (isEnding(i)) return "ᵻ";
    // -ity
    if (next(i) == 't' && at(i + 2) == 'Y' && i > 0) return "ᵻ";
    return "ə";
  }

  private String shortI(int i) {
    boolean beginsBe = i == 1 && at(0) == 'b' && word.length() > 4;
    return isEnding(i) || beginsBe || next(i) == 'l' && isVowel(at(i + 2)) ? "ᵻ" : "ɪ";
  }

  /// The vowel of -es after a sibilant and of -ed after t and d.
  private boolean isEnding(int i) {
    if (i + 2 != word.length()) return false;
    char before = before(i);
    return at(i + 1) == 'z' && "szSZcj".indexOf(before) >= 0 || at(i + 1) == 'd' && "td".indexOf(before) >= 0;
  }

  /// A t between a vowel and an unstressed one.
  private boolean isFlapped(int i) {
    return i > 0 && FLAP_AFTER.indexOf(before(i)) >= 0 && isVowel(next(i)) && stress(i + 1) == '0';
  }

  /// A t before an n that is a syllable by itself, as in button.
  private boolean isSwallowedT(int i) {
    return at(i) == 't' && isFlapped(i) && next(i) == 'u' && at(i + 2) == 'n';
  }
}
