package dev.penstock.generators.media.sound;

/// The highest amplitude that a sound reaches between its samples: fourfold oversampling as in ITU-R BS.1770-4, annex 2,
/// here by a sinc of 24 samples under a Hann window.
final class TruePeak {

  private static final int PHASES = 4;
  private static final int REACH = 12;
  private static final double[][] TAPS = taps();

  private TruePeak() {}

  private static double[][] taps() {
    double[][] taps = new double[PHASES][2 * REACH];
    for (int phase = 1; phase < PHASES; phase++)
      for (int i = 0; i < 2 * REACH; i++) {
        double x = i - REACH + 1 - (double) phase / PHASES;
        taps[phase][i] = Math.sin(Math.PI * x) / (Math.PI * x) * (0.5 + 0.5 * Math.cos(Math.PI * x / REACH));
      }
    return taps;
  }

  /// @return at least the highest sample
  static double of(float[] samples) {
    double peak = 0;
    for (int i = 0; i < samples.length; i++) peak = Math.max(peak, at(samples, i));
    return peak;
  }

  /// The highest amplitude from one sample to just before the next.
  static double at(float[] samples, int index) {
    double peak = Math.abs(samples[index]);
    for (int phase = 1; phase < PHASES; phase++) {
      double sum = 0;
      for (int i = 0; i < 2 * REACH; i++) {
        int source = index + i - REACH + 1;
        if (source >= 0 && source < samples.length) sum += samples[source] * TAPS[phase][i];
      }
      peak = Math.max(peak, Math.abs(sum));
    }
    return peak;
  }
}
