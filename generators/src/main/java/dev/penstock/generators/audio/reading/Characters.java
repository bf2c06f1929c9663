package dev.penstock.generators.audio.reading;

import dev.penstock.generators.GenerationException.Rejected;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Characters of written text as the rules expect them: plain quotes and dashes, letters without accents, nothing that
/// makes no sound.
final class Characters {

  private static final Map<Integer, String> PLAIN =
      Map.ofEntries(
          Map.entry((int) '’', "'"), Map.entry((int) '‘', "'"), Map.entry((int) '“', "\""), Map.entry((int) '”', "\""),
          Map.entry((int) '„', "\""), Map.entry((int) '′', "'"), Map.entry((int) '″', "\""), Map.entry((int) '–', "-"),
          Map.entry((int) '‑', "-"), Map.entry((int) '‐', "-"), Map.entry((int) '−', "-"), Map.entry((int) '—', ", "),
          Map.entry((int) '…', ". "), Map.entry((int) '·', ", "), Map.entry((int) '•', ". "), Map.entry((int) '×', " x "),
          Map.entry((int) 'ß', "ss"), Map.entry((int) 'æ', "ae"), Map.entry((int) 'Æ', "Ae"), Map.entry((int) 'ø', "o"),
          Map.entry((int) 'Ø', "O"), Map.entry((int) 'œ', "oe"), Map.entry((int) 'ł', "l"), Map.entry((int) 'đ', "d"),
          Map.entry((int) '™', ""), Map.entry((int) '®', ""), Map.entry((int) '©', ""),
          Map.entry((int) '½', " 1/2"), Map.entry((int) '¼', " 1/4"), Map.entry((int) '¾', " 3/4"),
          Map.entry((int) '²', " squared"), Map.entry((int) '³', " cubed"));

  private static final String KEPT = " \n.,;:!?'\"-()/&%$€£¥@#+=*°_~<>[]|";
  private static final Pattern SPACES = Pattern.compile("[ \\t\\x0B\\f\\r\\u00A0\\u2000-\\u200A\\u202F]+");

  private Characters() {}

  /// @throws Rejected there are letters of a script that is not Latin
  static String tidy(String text) throws Rejected {
    StringBuilder tidy = new StringBuilder();
    for (int point : SPACES.matcher(text).replaceAll(" ").codePoints().toArray()) {
      Optional<String> foreign = otherScript(point);
      if (foreign.isPresent())
        throw new Rejected("TEXT_NOT_SPEAKABLE", "The text holds letters of the script " + foreign.get()
            + ", and this voice speaks English; write it in English, or choose a voice of its language.");
      tidy.append(PLAIN.getOrDefault(point, plain(point)));
    }
    return tidy.toString();
  }

  private static Optional<String> otherScript(int point) {
    if (!Character.isLetter(point)) return Optional.empty();
    UnicodeScript script = UnicodeScript.of(point);
    // Full-width and mathematical letters are Latin or Common once they are decomposed.
    if (script == UnicodeScript.LATIN || script == UnicodeScript.COMMON) return Optional.empty();
    return Optional.of(script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT));
  }

  private static String plain(int point) {
    StringBuilder plain = new StringBuilder();
    Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD).chars()
        .filter(one -> one < 128 && Character.isLetterOrDigit(one) || KEPT.indexOf(one) >= 0)
        .forEach(one -> plain.append((char) one));
    return plain.toString();
  }
}
