package dev.penstock.generators.media.sound;

import java.util.List;

/// Sound of one channel.
///
/// @param samples float32, full scale is -1 to 1; owned by this, not to be changed
/// @param sampleRateHz samples a second, 8,000 to 192,000
public record Sound(float[] samples, int sampleRateHz) {

  public Sound {
    if (sampleRateHz < 8_000 || sampleRateHz > 192_000)
      throw new IllegalArgumentException("a sample rate of " + sampleRateHz + " Hz; 8,000 to 192,000 are allowed");
  }

  /// Nothing to hear.
  public static Sound silence(double seconds, int sampleRateHz) {
    return new Sound(new float[(int) Math.round(seconds * sampleRateHz)], sampleRateHz);
  }

  /// One after the other.
  ///
  /// @param parts at least one, all of one sample rate
  public static Sound join(List<Sound> parts) {
    int rate = parts.getFirst().sampleRateHz;
    float[] all = new float[parts.stream().mapToInt(part -> part.samples.length).sum()];
    int at = 0;
    for (Sound part : parts) {
      if (part.sampleRateHz != rate)
        throw new IllegalArgumentException("sounds of " + rate + " and " + part.sampleRateHz + " Hz cannot be joined");
      System.arraycopy(part.samples, 0, all, at, part.samples.length);
      at += part.samples.length;
    }
    return new Sound(all, rate);
  }

  public double seconds() {
    return (double) samples.length / sampleRateHz;
  }

  /// Louder or softer.
  public Sound times(double gain) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < scaled.length; i++) scaled[i] = (float) (samples[i] * gain);
    return new Sound(scaled, sampleRateHz);
  }
}
