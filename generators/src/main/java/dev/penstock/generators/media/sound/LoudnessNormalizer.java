package dev.penstock.generators.media.sound;

/// Brings sounds to one loudness, with no true peak above -1 dB of full scale (EBU R 128): a gain, and where peaks would
/// be too high, a limiter that turns down before they come and lets go slowly. Any thread.
public final class LoudnessNormalizer {

  private static final double HIGHEST_PEAK = Math.pow(10, -1.2 / 20);
  private static final double ATTACK_SECONDS = 0.004;
  private static final double RELEASE_SECONDS = 0.08;
  /// What limiting took away is given back in so many rounds.
  private static final int ROUNDS = 3;
  private static final double NEAR_ENOUGH = 0.05;
  private static final double MOST_GAIN_DECIBELS = 40;

  private LoudnessNormalizer() {}

  /// @param targetLufs integrated loudness of the result, at most -9
  /// @return the same sound if it is silent
  public static Sound to(Sound sound, double targetLufs) {
    double gain = 0;
    Sound result = sound;
    for (int round = 0; round < ROUNDS; round++) {
      double loudness = Loudness.of(result).integratedLufs();
      if (!Double.isFinite(loudness)) return sound;
      if (round > 0 && Math.abs(loudness - targetLufs) < NEAR_ENOUGH) return result;
      gain = Math.min(gain + targetLufs - loudness, MOST_GAIN_DECIBELS);
      result = limited(sound.times(Math.pow(10, gain / 20)));
    }
    return result;
  }

  private static Sound limited(Sound sound) {
    float[] samples = sound.samples();
    double[] gains = new double[samples.length];
    boolean limits = false;
    for (int i = 0; i < samples.length; i++) {
      // Oversampling costs more than all the rest, and what is far below needs none.
      double peak = Math.abs(samples[i]) < HIGHEST_PEAK / 2 ? Math.abs(samples[i]) : TruePeak.at(samples, i);
      gains[i] = peak > HIGHEST_PEAK ? HIGHEST_PEAK / peak : 1;
      limits |= gains[i] < 1;
    }
    return limits ? times(sound, smooth(gains, sound.sampleRateHz())) : sound;
  }

  /// Gains that are nowhere higher, fall in time and rise slowly.
  private static double[] smooth(double[] gains, int rate) {
    double release = 1 - Math.exp(-1 / (RELEASE_SECONDS * rate));
    double attack = 1 / (ATTACK_SECONDS * rate);
    double gain = 1;
    for (int i = 0; i < gains.length; i++) {
      gain = Math.min(gains[i], gain + (1 - gain) * release);
      gains[i] = gain;
    }
    for (int i = gains.length - 2; i >= 0; i--) gains[i] = Math.min(gains[i], gains[i + 1] + attack);
    return gains;
  }

  private static Sound times(Sound sound, double[] gains) {
    float[] limited = new float[gains.length];
    for (int i = 0; i < limited.length; i++) limited[i] = (float) (sound.samples()[i] * gains[i]);
    return new Sound(limited, sound.sampleRateHz());
  }
}
