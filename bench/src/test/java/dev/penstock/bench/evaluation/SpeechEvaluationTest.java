package dev.penstock.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.runtime.cli.ProgressBar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

/// A sound is measured as physics has it: a sine at half of full scale has a level of -9.03 dBFS.
final class SpeechEvaluationTest {

  private static final int RATE = 22_050;

  /// Two seconds: a sine at half of full scale, then silence.
  private static byte[] sineThenSilence() throws IOException {
    byte[] samples = new byte[2 * 2 * RATE];
    for (int i = 0; i < RATE; i++) {
      int value = (int) Math.round(16_384 * Math.sin(2 * Math.PI * 441 * i / RATE));
      samples[2 * i] = (byte) value;
      samples[2 * i + 1] = (byte) (value >> 8);
    }
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(samples), format, 2 * RATE), AudioFileFormat.Type.WAVE, wav);
    return wav.toByteArray();
  }

  @Test
  void measuresLengthLevelPeakAndSilence() throws IOException {
    SpokenSound sound = SpokenSound.of(sineThenSilence());
    assertThat(sound.seconds()).isEqualTo(2);
    assertThat(sound.levelDbfs()).isCloseTo(-9.03, within(0.05));
    assertThat(sound.peak()).isCloseTo(0.5, within(1e-3));
    assertThat(sound.silence()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void countsWordsASecond() throws IOException {
    try (ProgressBar bar = new ProgressBar(new PrintStream(OutputStream.nullOutputStream()))) {
      Evaluation evaluation = new SpeechEvaluation(List.of("One, two, three, four!", "Six."), bar)
          .of("a voice", List.of(SpokenSound.of(sineThenSilence()), SpokenSound.of(sineThenSilence())));
      assertThat(evaluation.figures().get("words_a_second").value()).isEqualTo((2 + 0.5) / 2);
      assertThat(evaluation.figures().get("at_the_rate_of_speech").value()).isEqualTo(0.5);
    }
  }

  @Test
  void refusesWhatIsNoSound() {
    assertThatThrownBy(() -> SpokenSound.of(new byte[] {1, 2, 3})).isInstanceOf(IOException.class).hasMessageContaining("no sound that can be read");
  }
}
