package dev.penstock.generators.audio;

import java.util.List;

/// A text that can be spoken, a sentence a step.
///
/// @param sentences ids of phonemes, one array a sentence, at least one; not to be changed
/// @param phonemes  how many symbols they were
/// @param words     how many words
/// @param seed      of the voice's noise
public record PreparedSpeech(List<long[]> sentences, int phonemes, int words, VoiceSettings settings, long seed) {

  public PreparedSpeech {
    sentences = List.copyOf(sentences);
  }
}
