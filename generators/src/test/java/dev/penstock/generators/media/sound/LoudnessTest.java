package dev.penstock.generators.media.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Specified: loudness is that of EBU R 128, on the tones of EBU Tech 3341 (minimum requirements test signals; theirs are
/// stereo, which adds 3.01 LU to one channel), and normalisation reaches its target below a true peak of -1 dB.
class LoudnessTest {

  private static final int RATE = 48_000;

  private static Sound tone(double hertz, double decibels, double seconds, int rate) {
    float[] samples = new float[(int) (seconds * rate)];
    for (int i = 0; i < samples.length; i++)
      samples[i] = (float) (Math.pow(10, decibels / 20) * Math.sin(2 * Math.PI * hertz * i / rate));
    return new Sound(samples, rate);
  }

  private static double stereo(Sound sound) {
    return Loudness.of(sound).integratedLufs() + 10 * Math.log10(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 22_050, 44_100, 48_000})
  void aToneOfOneKilohertzHasItsLevel(int rate) {
    assertThat(stereo(tone(1_000, -23, 20, rate))).isCloseTo(-23, within(0.1));
    assertThat(stereo(tone(1_000, -33, 20, rate))).isCloseTo(-33, within(0.1));
  }

  /// EBU Tech 3341, test signals 3 and 4.
  @Test
  void quietPartsDoNotCount() {
    Sound quiet = tone(1_000, -36, 10, RATE);
    Sound loud = tone(1_000, -23, 60, RATE);
    assertThat(stereo(Sound.join(List.of(quiet, loud, quiet)))).isCloseTo(-23, within(0.1));
    Sound faint = tone(1_000, -72, 10, RATE);
    assertThat(stereo(Sound.join(List.of(faint, quiet, loud, quiet, faint)))).isCloseTo(-23, within(0.1));
  }

  /// EBU Tech 3341, test signal 16: a quarter of the sample rate at 45 degrees peaks between samples.
  @Test
  void peaksBetweenSamplesAreSeen() {
    float[] samples = new float[RATE];
    for (int i = 0; i < samples.length; i++) samples[i] = (float) (0.5 * Math.sin(Math.PI / 2 * i + Math.PI / 4));
    assertThat(Loudness.of(new Sound(samples, RATE)).truePeakDbtp()).isCloseTo(-6, within(0.4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-30, -23, -16})
  void normalisationReachesItsTargetBelowThePeak(double target) {
    float[] samples = tone(300, -30, 3, 22_050).samples().clone();
    for (int i = 0; i < samples.length; i++) samples[i] *= i % 5_000 < 300 ? 8 : 1;
    Loudness found = Loudness.of(LoudnessNormalizer.to(new Sound(samples, 22_050), target));
    assertThat(found.integratedLufs()).isCloseTo(target, within(0.5));
    assertThat(found.truePeakDbtp()).isLessThan(-1);
  }

  @Test
  void silenceStaysSilent() {
    assertThat(LoudnessNormalizer.to(Sound.silence(1, RATE), -16).samples()).containsOnly(0f);
  }
}
