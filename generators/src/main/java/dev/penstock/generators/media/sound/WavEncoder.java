package dev.penstock.generators.media.sound;

import java.util.ArrayList;
import java.util.List;

/// A WAV file says at its beginning how long it is, so all of it comes at the end.
final class WavEncoder implements SoundEncoder {

  private final List<Sound> parts = new ArrayList<>();

  @Override
  public byte[] add(Sound part) {
    parts.add(part);
    return NOTHING;
  }

  @Override
  public byte[] end() {
    return Pcm.wav(Sound.join(parts));
  }
}
