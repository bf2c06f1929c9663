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
  public record Answer(int[] tokens, FinishReason finishReason) {
    public Answer {
      Objects.requireNonNull(tokens);
      Objects.requireNonNull(finishReason);
    }
  }
}
