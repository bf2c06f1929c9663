package dev.penstock.generators.video;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.audio.Speaker;
import dev.penstock.generators.media.sound.Sound;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A voice that is loaded with the first text it has to speak: most films have no sound. Any thread, one after the other.
public final class VoiceOnDemand implements Speaker {

  private final Supplier<Speaker> opening;
  private @Nullable Speaker voice;

  /// @param opening loads it
  public VoiceOnDemand(Supplier<Speaker> opening) {
    this.opening = opening;
  }

  @Override
  public synchronized Sound speak(String text, long seed) throws GenerationException {
    Speaker loaded = voice;
    if (loaded == null) {
      loaded = opening.get();
      voice = loaded;
    }
    return loaded.speak(text, seed);
  }

  @Override
  public synchronized void close() {
    if (voice != null) voice.close();
  }
}
