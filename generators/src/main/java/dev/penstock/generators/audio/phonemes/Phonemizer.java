package dev.penstock.generators.audio.phonemes;

import dev.penstock.generators.GenerationException;
import java.util.List;

/// Turns text into phonemes. Any thread.
public interface Phonemizer {

  /// The sentences of a text in order, none empty; empty if there is nothing to say.
  ///
  /// @throws GenerationException.Rejected the text cannot be spoken; one sentence says why
  List<Utterance> utterances(String text) throws GenerationException;
}
