package dev.penstock.generators.audio;

import dev.penstock.generators.media.sound.LoudnessNormalizer;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.media.sound.SoundEncoder;
import java.util.List;

/// A file of sentences as they come: each brought to its loudness, silence between them, encoded. The same sentences give the
/// same bytes, whether somebody takes them on the way or not. One thread at a time.
final class SentenceFile implements AutoCloseable {

  private final VoiceSettings settings;
  private final SoundEncoder encoder;
  private boolean isBegun;

  /// @throws dev.penstock.generators.media.sound.SoundEncodingException the format cannot be written here
  SentenceFile(VoiceSettings settings, int sampleRateHz) {
    this.settings = settings;
    this.encoder = settings.format().encoder(sampleRateHz);
  }

  /// What the sentence sounds like in the file, with the silence before it.
  static Sound audible(Sound sentence, VoiceSettings settings, boolean isFirst) {
    Sound normalized = LoudnessNormalizer.to(sentence, settings.loudnessLufs());
    if (isFirst) return normalized;
    return Sound.join(List.of(Sound.silence(settings.pauseSeconds(), sentence.sampleRateHz()), normalized));
  }

  /// @param sentence as the voice made it
  /// @return what is certain of the file and was not returned before
  byte[] add(Sound sentence) {
    return addAudible(audible(sentence, settings, !isBegun));
  }

  byte[] addAudible(Sound audible) {
    isBegun = true;
    return encoder.add(audible);
  }

  byte[] end() {
    return encoder.end();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
