package dev.penstock.generators.text;

import dev.penstock.generators.GenerationResult.FinishReason;
import java.util.Comparator;
import java.util.List;

/// Chooses among the candidates for a brief. Any thread.
///
/// Left out are candidates that are empty, run into a repetition loop, or were cut off at the length limit when one
/// that was not remains; those that keep a constraint are all kept if only such would be left. The others are ordered: those that merely echo the brief last ([Brief#isEchoedBy]), then by
/// relevance, the cosine of the brief's subject and the candidate, then by number.
final class BestOf {

  private final TextEmbedder embedder;

  BestOf(TextEmbedder embedder) {
    this.embedder = embedder;
  }

  /// One answer.
  ///
  /// @param number its place among the candidates, from 0
  /// @param text as it would be published
  /// @param wording what of it was worded freely; empty if nothing was
  /// @param tokens as the model wrote it; not changed
  record Candidate(int number, String text, String wording, int[] tokens, FinishReason finishReason) {

    /// Worded freely from beginning to end.
    Candidate(int number, String text, int[] tokens, FinishReason finishReason) {
      this(number, text, text, tokens, finishReason);
    }
  }

  /// An answer that may be published.
  ///
  /// @param relevance -1..1
  record Ranked(Candidate candidate, boolean echo, double relevance) {}

  /// The candidates that may be published, best first.
  ///
  /// @param mayBeNone whether nothing is better than a candidate that would be left out
  List<Ranked> rank(String brief, List<Candidate> candidates, boolean mayBeNone) {
    List<Candidate> usable =
        candidates.stream()
            .filter(candidate -> !candidate.text().isEmpty() && !RepetitionLoop.isIn(candidate.tokens()))
            .toList();
    List<Candidate> sound = usable.isEmpty() && !mayBeNone ? candidates : usable;
    boolean oneIsWhole = sound.stream().anyMatch(candidate -> candidate.finishReason() == FinishReason.STOP);
    Brief asked = new Brief(brief);
    float[] subject = embedder.embed(asked.subject());
    return sound.stream()
        .filter(candidate -> !oneIsWhole || candidate.finishReason() == FinishReason.STOP)
        .map(candidate -> ranked(candidate, asked, subject))
        .sorted(
            Comparator.comparing(Ranked::echo)
                .thenComparing(Comparator.comparingDouble(Ranked::relevance).reversed())
                .thenComparing(ranked -> ranked.candidate().number()))
        .toList();
  }

  private Ranked ranked(Candidate candidate, Brief asked, float[] subject) {
    double relevance = TextEmbedder.cosine(subject, embedder.embed(candidate.wording()));
    return new Ranked(candidate, !candidate.wording().isEmpty() && asked.isEchoedBy(candidate.wording()), relevance);
  }
}
