package dev.penstock.generators.text;

import dev.penstock.generators.GenerationResult.FinishReason;
import java.util.Comparator;
import java.util.List;

/// Chooses among the candidates for a brief. Any thread.
///
/// Left out are candidates that are empty, run into a repetition loop, or were cut off at the length limit when one
/// that was not remains. The others are ordered: those that merely echo the brief last ([Brief#isEchoedBy]), then by
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
  /// @param tokens as the model wrote it; not changed
  record Candidate(int number, String text, int[] tokens, FinishReason finishReason) {}

  /// An answer that may be published.
  ///
  /// @param relevance -1..1
  record Ranked(Candidate candidate, boolean echo, double relevance) {}

  /// The candidates that may be published, best first; none if there is none.
  List<Ranked> rank(String brief, List<Candidate> candidates) {
    List<Candidate> sound =
        candidates.stream()
            .filter(candidate -> !candidate.text().isEmpty() && !RepetitionLoop.isIn(candidate.tokens()))
            .toList();
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
    double relevance = TextEmbedder.cosine(subject, embedder.embed(candidate.text()));
    return new Ranked(candidate, asked.isEchoedBy(candidate.text()), relevance);
  }
}
