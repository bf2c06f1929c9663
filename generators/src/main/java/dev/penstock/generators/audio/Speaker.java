package dev.penstock.generators.audio;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.media.sound.Sound;

/// Speaks texts on the caller's thread, beside any engine: for sound tracks. One thread at a time.
public interface Speaker extends AutoCloseable {

  /// The whole text, normalised in loudness, with the voice's usual settings.
  ///
  /// @param seed of the voice's noise; the same seed gives the same samples
  /// @throws GenerationException.Rejected the voice cannot speak the text
  Sound speak(String text, long seed) throws GenerationException;

  /// Frees the voice.
  @Override
  void close();
}
