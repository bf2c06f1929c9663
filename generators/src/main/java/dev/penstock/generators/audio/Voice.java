package dev.penstock.generators.audio;

import dev.penstock.generators.Seeds;
import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.SpeechSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// A voice's graph: phoneme ids in, samples out, noise from a seed. One thread.
///
/// Noise: `duration_noise` is [LatentDraw#normal] of `Seeds.draw(seed, sentence, 1)` in the order `[channel, phoneme]`,
/// `noise` that of `Seeds.draw(seed, sentence, 2)` in the order `[frame, channel]`, so that it does not matter how many
/// frames are drawn ahead.
final class Voice implements AutoCloseable {

  private static final Set<String> INPUTS =
      Set.of("input", "input_lengths", "scales", "duration_noise", "noise");
  private static final int FRAMES_A_PHONEME = 4;
  private static final int MORE_FRAMES = 64;

  private final SpeechSection section;
  private final OnnxSession session;

  private Voice(SpeechSection section, OnnxSession session) {
    this.section = section;
    this.session = session;
  }

  /// @throws InvalidModelException if the graph is not what the manifest says
  static Voice open(ModelFolder folder) {
    SpeechSection section = folder.manifest().speech();
    OnnxSession session = OnnxSession.open(folder.file(section.graph()));
    Set<String> needed = new TreeSet<>(INPUTS);
    if (!section.speakers().isEmpty()) needed.add("sid");
    if (!session.inputs().keySet().equals(needed) || !session.outputs().keySet().equals(Set.of("output", "noise_shape"))) {
      session.close();
      throw new InvalidModelException("The voice's graph reads " + session.inputs().keySet() + " and writes "
          + session.outputs().keySet() + "; " + needed + " and [output, noise_shape] are needed.");
    }
    return new Voice(section, session);
  }

  /// Speaks one sentence.
  ///
  /// @param sentence its number in the text, from 0
  Sound speak(long[] ids, VoiceSettings settings, long seed, int sentence) {
    int frames = (int) (ids.length * FRAMES_A_PHONEME * settings.length()) + MORE_FRAMES;
    Map<String, OnnxValue> inputs = inputs(ids, settings, seed, sentence);
    Map<String, OnnxValue> made = run(inputs, settings, frames, seed, sentence);
    long needed = Objects.requireNonNull(made.get("noise_shape")).longs().get(2);
    // Rare: the sentence is longer than was thought, and the noise beyond what was drawn was zero.
    if (needed > frames && settings.noise() > 0) made = run(inputs, settings, Math.toIntExact(needed), seed, sentence);
    OnnxValue output = Objects.requireNonNull(made.get("output"));
    float[] samples = new float[output.size()];
    output.floats().get(samples);
    return new Sound(samples, section.sampleRateHz());
  }

  private Map<String, OnnxValue> inputs(long[] ids, VoiceSettings settings, long seed, int sentence) {
    int channels = section.durationNoiseChannels();
    float[] noise = LatentDraw.normal(Seeds.draw(seed, sentence, 1), channels * ids.length);
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put("input", OnnxValue.copyOf(ids, 1, ids.length));
    inputs.put("input_lengths", OnnxValue.copyOf(new long[] {ids.length}, 1));
    inputs.put("scales", OnnxValue.copyOf(
        new float[] {(float) settings.noise(), (float) settings.length(), (float) settings.durationNoise()}, 3));
    inputs.put("duration_noise", OnnxValue.copyOf(noise, 1, channels, ids.length));
    if (!section.speakers().isEmpty()) inputs.put("sid", OnnxValue.copyOf(new long[] {settings.speaker()}, 1));
    return inputs;
  }

  private Map<String, OnnxValue> run(
      Map<String, OnnxValue> inputs, VoiceSettings settings, int frames, long seed, int sentence) {
    int drawn = settings.noise() > 0 ? frames : 1;
    float[] noise = LatentDraw.normal(Seeds.draw(seed, sentence, 2), drawn * section.noiseChannels());
    try (OnnxValue value = OnnxValue.copyOf(noise, 1, drawn, section.noiseChannels())) {
      inputs.put("noise", value);
      return session.run(inputs);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
