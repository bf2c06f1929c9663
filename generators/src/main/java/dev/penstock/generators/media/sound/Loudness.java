package dev.penstock.generators.media.sound;

import java.util.ArrayList;
import java.util.List;

/// How loud a sound is, as ITU-R BS.1770-4 and EBU R 128 measure it.
///
/// @param integratedLufs gated loudness of the whole, in LUFS; negative infinity for silence. A sound shorter than a block
///     of 400 ms counts as one block
/// @param truePeakDbtp highest peak between samples, by fourfold oversampling, in dB of full scale
public record Loudness(double integratedLufs, double truePeakDbtp) {

  private static final double BLOCK_SECONDS = 0.4;
  private static final int STEPS_A_BLOCK = 4;
  private static final double OFFSET = -0.691;
  private static final double ABSOLUTE_GATE = -70;
  private static final double RELATIVE_GATE = -10;

  /// Measures a sound of one channel.
  public static Loudness of(Sound sound) {
    return new Loudness(integrated(sound), decibels(TruePeak.of(sound.samples())));
  }

  /// 20 log10.
  static double decibels(double amplitude) {
    return 20 * Math.log10(amplitude);
  }

  private static double integrated(Sound sound) {
    double[] energies = blocks(KWeighting.of(sound.sampleRateHz()).filter(sound.samples()), sound.sampleRateHz());
    double gate = Math.max(ABSOLUTE_GATE, loudness(mean(energies, ABSOLUTE_GATE)) + RELATIVE_GATE);
    return loudness(mean(energies, gate));
  }

  /// Mean squares of blocks that overlap by three quarters.
  private static double[] blocks(double[] weighted, int rate) {
    int block = (int) Math.round(BLOCK_SECONDS * rate);
    int step = block / STEPS_A_BLOCK;
    if (weighted.length < block) return new double[] {meanSquare(weighted, 0, weighted.length)};
    List<Double> energies = new ArrayList<>();
    for (int start = 0; start + block <= weighted.length; start += step)
      energies.add(meanSquare(weighted, start, start + block));
    return energies.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double meanSquare(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) sum += values[i] * values[i];
    return to == from ? 0 : sum / (to - from);
  }

  /// Of the blocks above a loudness.
  private static double mean(double[] energies, double gate) {
    double sum = 0;
    int count = 0;
    for (double energy : energies) {
      if (loudness(energy) <= gate) continue;
      sum += energy;
      count++;
    }
    return count == 0 ? 0 : sum / count;
  }

  private static double loudness(double energy) {
    return OFFSET + 10 * Math.log10(energy);
  }
}
