package dev.penstock.generators.media.sound;

import java.util.Arrays;
import java.util.Locale;

/// How a sound is kept.
public enum SoundFormat {
  WAV("audio/wav"),
  FLAC("audio/flac"),
  /// Opus in Ogg.
  OPUS("audio/ogg"),
  MP3("audio/mpeg"),
  /// 16 bits a sample, little-endian, nothing else.
  PCM("audio/x-pcm");

  private final String mediaType;

  SoundFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /// The word for a parameter.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static SoundFormat of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no format of sound"));
  }

  /// With the sample rate where the bytes do not tell it.
  public String mediaType(int sampleRateHz) {
    return this == PCM ? mediaType + "; encoding=s16le; channels=1; rate=" + sampleRateHz : mediaType;
  }

  /// @throws SoundEncodingException FFmpeg's libraries are needed and cannot be loaded
  public SoundEncoder encoder(int sampleRateHz) {
    return switch (this) {
      case WAV -> new WavEncoder();
      case PCM -> Pcm::bytes;
      case FLAC, OPUS, MP3 -> FfmpegSoundEncoder.open(this, sampleRateHz);
    };
  }

  /// A whole sound at once.
  public byte[] encode(Sound sound) {
    try (SoundEncoder encoder = encoder(sound.sampleRateHz())) {
      byte[] begun = encoder.add(sound);
      byte[] rest = encoder.end();
      byte[] all = Arrays.copyOf(begun, begun.length + rest.length);
      System.arraycopy(rest, 0, all, begun.length, rest.length);
      return all;
    }
  }
}
