package dev.penstock.generators;

import java.util.Objects;

/// Something of a result that is there before the whole is: what an execution made since the part before.
public sealed interface PartialResult {

  /// Tokens that a language model wrote.
  ///
  /// @param candidate which of the request's candidates, from 0
  /// @param tokens the new ids, in order, at least one; owned by the receiver, not to be changed
  record Tokens(int candidate, int[] tokens) implements PartialResult {
    public Tokens {
      Objects.requireNonNull(tokens);
      if (candidate < 0) throw new IllegalArgumentException("candidate must be at least 0, is " + candidate);
      if (tokens.length == 0) throw new IllegalArgumentException("a part needs at least one token");
    }
  }

  /// A sentence that a voice spoke.
  ///
  /// @param number  of the sentence in the text, from 0
  /// @param samples float32 of one channel, as the voice made them, before their loudness is set; not to be changed
  record Sentence(int number, float[] samples, int sampleRateHz) implements PartialResult {
    public Sentence {
      Objects.requireNonNull(samples);
    }
  }
}
