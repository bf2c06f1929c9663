package dev.penstock.generators.media.sound;

/// The ear's weighting of ITU-R BS.1770-4: a shelf that lifts high tones, then a high pass. The standard gives the filters'
/// coefficients for 48 kHz; they are those of an analogue shelf (1,681.97 Hz, 4 dB, Q 0.70718) and high pass (38.1355 Hz,
/// Q 0.50033) after the bilinear transform, which gives them for any rate.
final class KWeighting {

  private final double[] shelf;
  private final double[] highPass;

  private KWeighting(double[] shelf, double[] highPass) {
    this.shelf = shelf;
    this.highPass = highPass;
  }

  static KWeighting of(int sampleRateHz) {
    return new KWeighting(shelf(sampleRateHz), highPass(sampleRateHz));
  }

  private static double[] shelf(double rate) {
    double k = Math.tan(Math.PI * 1681.974450955533 / rate);
    double q = 0.7071752369554196;
    double high = Math.pow(10, 3.999843853973347 / 20);
    double band = Math.pow(high, 0.4996667741545416);
    double a0 = 1 + k / q + k * k;
    return new double[] {
      (high + band * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - band * k / q + k * k) / a0,
      2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0
    };
  }

  private static double[] highPass(double rate) {
    double k = Math.tan(Math.PI * 38.13547087602444 / rate);
    double q = 0.5003270373238773;
    double a0 = 1 + k / q + k * k;
    return new double[] {1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0};
  }

  /// @return of the same length, from silence
  double[] filter(float[] samples) {
    double[] weighted = new double[samples.length];
    for (int i = 0; i < samples.length; i++) weighted[i] = samples[i];
    run(shelf, weighted);
    run(highPass, weighted);
    return weighted;
  }

  /// In place; coefficients b0, b1, b2, a1, a2.
  private static void run(double[] filter, double[] values) {
    double x1 = 0;
    double x2 = 0;
    double y1 = 0;
    double y2 = 0;
    for (int i = 0; i < values.length; i++) {
      double x = values[i];
      double y = filter[0] * x + filter[1] * x1 + filter[2] * x2 - filter[3] * y1 - filter[4] * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      values[i] = y;
    }
  }
}
