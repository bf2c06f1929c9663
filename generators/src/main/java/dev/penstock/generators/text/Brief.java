package dev.penstock.generators.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a brief is about, apart from how it asks for it. "Write one short slogan for a hiking boot." is about "a
/// hiking boot."; an answer earns nothing by saying "short slogan".
///
/// Rule: a sentence that begins with a command (write, create, give me, ...) is an instruction up to and with its first
/// "for", "about", "of", "on", "describing" or "promoting", or its first word where it has none; everything else is the
/// subject. A brief that is nothing but instruction is its own subject. English; other languages are all subject.
final class Brief {

  private static final Pattern SENTENCE = Pattern.compile("[^.!?\\n]+[.!?\\n]*");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’]\\p{L}+)?");
  private static final Set<String> COMMANDS =
      Set.of(
          "write", "create", "generate", "give", "make", "compose", "draft", "suggest", "invent", "produce",
          "craft", "provide", "propose", "design", "come", "think", "tell", "describe", "please");
  private static final Set<String> LEADS = Set.of("for", "about", "of", "on", "describing", "promoting");
  private static final int ECHO_RUN = 3;

  private final String subject;
  private final Set<String> words = new HashSet<>();
  private final List<List<String>> instructions = new ArrayList<>();

  Brief(String text) {
    words.addAll(words(text));
    StringBuilder rest = new StringBuilder();
    for (String sentence : SENTENCE.matcher(text).results().map(MatchResult::group).toList())
      rest.append(sentence.substring(instructionIn(sentence)));
    subject = words(rest.toString()).isEmpty() ? text.strip() : rest.toString().strip();
  }

  /// Notes a sentence's instruction and returns where it ends.
  private int instructionIn(String sentence) {
    List<MatchResult> found = WORD.matcher(sentence).results().toList();
    if (found.isEmpty() || !COMMANDS.contains(stem(found.getFirst().group()))) return 0;
    MatchResult end =
        found.stream().filter(word -> LEADS.contains(stem(word.group()))).findFirst().orElse(found.getFirst());
    instructions.add(words(sentence.substring(0, end.end())));
    return end.end();
  }

  /// The brief without its instruction; relevance is measured against it.
  String subject() {
    return subject;
  }

  /// Whether an answer merely echoes: it has no word of its own, or it repeats three words of the instruction in a row.
  boolean isEchoedBy(String answer) {
    List<String> said = words(answer);
    if (words.containsAll(said)) return true;
    for (List<String> instruction : instructions)
      for (int i = 0; i + ECHO_RUN <= instruction.size(); i++)
        if (Collections.indexOfSubList(said, instruction.subList(i, i + ECHO_RUN)) >= 0) return true;
    return false;
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(word -> stem(word.group())).toList();
  }

  /// Lower case, singular as far as an "s" tells.
  private static String stem(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    boolean plural = lower.length() > 3 && lower.endsWith("s") && !lower.endsWith("ss");
    return plural ? lower.substring(0, lower.length() - 1) : lower;
  }
}
