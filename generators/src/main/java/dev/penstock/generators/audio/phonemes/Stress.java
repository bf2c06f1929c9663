package dev.penstock.generators.audio.phonemes;

/// Stress marks in the notation of [Ipa]: 1 after a vowel is primary, 2 secondary.
final class Stress {

  private static final String REDUCED = "ui";

  private Stress() {}

  /// The word with exactly one primary stress, if it has a vowel: of several the first stays, the others become
  /// secondary; without one the first vowel that is not reduced gets it.
  static String one(String phonemes) {
    int primary = phonemes.indexOf('1');
    if (primary >= 0)
      return phonemes.substring(0, primary + 1) + phonemes.substring(primary + 1).replace('1', '2');
    int secondary = phonemes.indexOf('2');
    if (secondary >= 0) return phonemes.substring(0, secondary) + '1' + phonemes.substring(secondary + 1);
    int vowel = firstVowel(phonemes, false);
    if (vowel < 0) vowel = firstVowel(phonemes, true);
    return vowel < 0 ? phonemes : phonemes.substring(0, vowel + 1) + '1' + phonemes.substring(vowel + 1);
  }

  private static int firstVowel(String phonemes, boolean mayBeReduced) {
    for (int i = 0; i < phonemes.length(); i++) {
      char one = phonemes.charAt(i);
      if (Ipa.isVowel(one) && (mayBeReduced || REDUCED.indexOf(one) < 0)) return i;
    }
    return -1;
  }

  /// The second part of a compound: what was primary is secondary.
  static String weaker(String phonemes) {
    return phonemes.replace('1', '2');
  }
}
