package dev.penstock.generators.text.decoding;

import dev.penstock.generators.GenerationResult.FinishReason;
import java.util.List;
import java.util.Objects;

/// The answers to one prompt as token ids.
///
/// @param answers one for each candidate, in order
/// @param steps how many runs of the model took part in it
public record TextDraft(List<Answer> answers, int steps) {

  public TextDraft {
    answers = List.copyOf(answers);
  }

  /// @param tokens without the stop token; owned by the receiver
  /// @param logProbabilities natural logarithm of the probability that the model gave to each of them, or empty if
  ///     that was not asked for; owned by the receiver
  public record Answer(int[] tokens, double[] logProbabilities, FinishReason finishReason) {
    public Answer {
      Objects.requireNonNull(tokens);
      Objects.requireNonNull(logProbabilities);
      Objects.requireNonNull(finishReason);
    }

    /// Without log-probabilities.
    public Answer(int[] tokens, FinishReason finishReason) {
      this(tokens, new double[0], finishReason);
    }
  }
}
