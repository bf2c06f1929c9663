package dev.penstock.generators.audio.phonemes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts text with plain punctuation into sentences, and long ones where they breathe.
final class Sentences {

  private static final Pattern END = Pattern.compile("(?<=[.?!])\\s+");
  private static final int LONGEST = 320;
  private static final Pattern BREATH = Pattern.compile("[,;:] | ");

  private Sentences() {}

  static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    for (String sentence : END.split(text)) {
      String rest = sentence.strip();
      while (rest.length() > LONGEST) {
        int cut = breath(rest);
        sentences.add(rest.substring(0, cut).strip());
        rest = rest.substring(cut).strip();
      }
      if (!rest.isEmpty()) sentences.add(rest);
    }
    return sentences;
  }

  /// After the last comma that leaves at most [#LONGEST] characters, else after the last word.
  private static int breath(String text) {
    Matcher breaths = BREATH.matcher(text);
    int comma = 0;
    int space = 0;
    while (breaths.find() && breaths.end() <= LONGEST) {
      if (breaths.group().length() > 1) comma = breaths.end();
      space = breaths.end();
    }
    if (comma > LONGEST / 3) return comma;
    return space > 0 ? space : LONGEST;
  }
}
