package dev.penstock.bench.evaluation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// What can be measured of a sound.
///
/// @param levelDbfs root mean square of the windows that are not silent, in decibels below full scale; -120 if all are
/// @param peak largest deviation, 0..1
/// @param silence share of windows of 20 ms that lie more than 40 dB below the loudest
record SpokenSound(double seconds, double levelDbfs, double peak, double silence) {

  private static final double FULL_SCALE = 32_768;
  private static final double WINDOW_SECONDS = 0.02;
  private static final double SILENT = 1e-4;
  private static final double QUIETEST_DBFS = -120;

  /// @param wav WAV with 16 bits a sample, one channel
  /// @throws IOException if it is something else, or empty
  static SpokenSound of(byte[] wav) throws IOException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      AudioFormat format = in.getFormat();
      if (format.getSampleSizeInBits() != 16 || format.getChannels() != 1 || format.isBigEndian())
        throw new IOException("the sound is " + format + "; WAV with 16 bits and one channel is measured");
      byte[] bytes = in.readAllBytes();
      double[] samples = new double[bytes.length / 2];
      for (int i = 0; i < samples.length; i++) samples[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8) / FULL_SCALE;
      if (samples.length == 0) throw new IOException("the sound is empty");
      return of(samples, format.getSampleRate());
    } catch (UnsupportedAudioFileException e) {
      throw new IOException("the content is no sound that can be read: " + e.getMessage(), e);
    }
  }

  private static SpokenSound of(double[] samples, double rate) {
    int length = Math.max(1, (int) (rate * WINDOW_SECONDS));
    double[] powers = new double[(samples.length + length - 1) / length];
    double peak = 0;
    for (int i = 0; i < samples.length; i++) {
      powers[i / length] += samples[i] * samples[i] / length;
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    double loudest = 0;
    for (double power : powers) loudest = Math.max(loudest, power);
    double sum = 0;
    int loud = 0;
    for (double power : powers) {
      if (power < loudest * SILENT || power == 0) continue;
      sum += power;
      loud++;
    }
    double level = loud == 0 ? QUIETEST_DBFS : 10 * Math.log10(sum / loud);
    return new SpokenSound(samples.length / rate, level, peak, 1 - (double) loud / powers.length);
  }
}
