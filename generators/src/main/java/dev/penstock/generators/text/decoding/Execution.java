package dev.penstock.generators.text.decoding;

import dev.penstock.generators.text.decoding.TextDraft.Answer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One request on its way through the lane: first a prompt that is being read into one row, then a row a candidate.
final class Execution {

  final long number;
  final int[] prompt;
  final PreparedPrompt prepared;
  private final SortedMap<Integer, Answer> answers = new TreeMap<>();
  int prefilled;
  int prefillRow = -1;
  int steps;

  Execution(long number, PreparedPrompt prepared) {
    this.number = number;
    this.prepared = prepared;
    this.prompt = prepared.tokens();
  }

  boolean isPrefilled() {
    return prefilled == prompt.length;
  }

  void answer(int candidate, Answer answer) {
    answers.put(candidate, answer);
  }

  boolean isAnswered() {
    return answers.size() == prepared.candidates();
  }

  TextDraft draft() {
    return new TextDraft(List.copyOf(answers.values()), steps);
  }
}
