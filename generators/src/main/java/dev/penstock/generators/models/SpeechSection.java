package dev.penstock.generators.models;

import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A voice that makes sound of phonemes in one run a sentence (VITS: Kim, Kong and Son, "Conditional variational
/// autoencoder with adversarial learning for end-to-end text-to-speech", 2021), as Piper trains it.
///
/// Graph inputs: `input` int64 `[1, p]`, ids of phonemes; `input_lengths` int64 `[1]` = p; `scales` float32 `[3]`: of the
/// noise, of the length, of the durations' noise; `sid` int64 `[1]`, the speaker, if there are several;
/// `duration_noise` float32 `[1, durationNoiseChannels, p]` and `noise` float32 `[1, n, noiseChannels]` from N(0, 1), of
/// which the first f rows are used, and zeros where n is smaller. Outputs: `output` float32, f times `samplesPerFrame`
/// samples from -1 to 1 in whatever shape, and `noise_shape` int64 `[3]` = (1, noiseChannels, f).
///
/// @param phonemeIds    JSON file: symbols of the phonemes to lists of ids
/// @param language      as espeak-ng names it, such as `en-us`
/// @param sampleRateHz  samples a second
/// @param samplesPerFrame samples of a frame, in which durations are counted
/// @param noise         usual scale of the noise
/// @param length        usual scale of all durations; larger is slower
/// @param durationNoise usual scale of the durations' noise
/// @param speakers      names in the order of their numbers; empty: one voice without a name
public record SpeechSection(
    String graph,
    String phonemeIds,
    String language,
    int sampleRateHz,
    int samplesPerFrame,
    int durationNoiseChannels,
    int noiseChannels,
    double noise,
    double length,
    double durationNoise,
    List<String> speakers) implements FamilySection {

  static final int LOWEST_RATE = 8_000;
  static final int HIGHEST_RATE = 96_000;
  static final int LONGEST_FRAME = 4_096;
  static final int MOST_CHANNELS = 4_096;

  /// Whether texts of this language are turned into phonemes without espeak-ng.
  public boolean isEnglish() {
    return language.equals("en") || language.startsWith("en-") || language.startsWith("en_");
  }

  public SpeechSection {
    speakers = List.copyOf(speakers);
    Ranges.check("sampleRateHz", sampleRateHz, LOWEST_RATE, HIGHEST_RATE);
    Ranges.check("samplesPerFrame", samplesPerFrame, 1, LONGEST_FRAME);
    Ranges.check("durationNoiseChannels", durationNoiseChannels, 1, MOST_CHANNELS);
    Ranges.check("noiseChannels", noiseChannels, 1, MOST_CHANNELS);
    check("noise", noise, 0, 2);
    check("length", length, 0.1, 10);
    check("durationNoise", durationNoise, 0, 2);
    if (!language.matches("[a-z]{2,3}([-_][A-Za-z0-9]+)*")) {
      throw new InvalidModelException("language is '" + language + "'; a name of espeak-ng such as en-us is needed.");
    }
    if (speakers.stream().distinct().count() != speakers.size()) {
      throw new InvalidModelException("speakers holds a name twice: " + speakers + ".");
    }
  }

  private static void check(String key, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new InvalidModelException(key + " is " + value + "; a number from " + low + " to " + high + " is allowed.");
    }
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.SPEECH;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    Map<String, ParameterSpec> parameters = new HashMap<>();
    parameters.put("speed", new NumberParameter(0.5, 2, 1.0, "how fast; 2 = twice as fast"));
    parameters.put("liveliness", new NumberParameter(0, 1.5, noise, "how much the voice's timbre varies; Piper's noise_scale"));
    parameters.put("rhythm", new NumberParameter(0, 1.5, durationNoise, "how much lengths of sounds vary; Piper's noise_w"));
    parameters.put("sentencePause", new NumberParameter(0, 5, 0.25, "silence between sentences in seconds"));
    parameters.put("loudness", new NumberParameter(-40, -9, -16.0, "of each sentence in LUFS (EBU R 128)"));
    parameters.put("format", new StringParameter(List.of("wav", "flac", "opus", "mp3", "pcm"), "wav",
        "how the sound is kept; pcm is 16 bits, little-endian, without a header"));
    parameters.put("phonemes", new StringParameter(isEnglish() ? List.of("built-in", "espeak") : List.of("espeak"),
        isEnglish() ? "built-in" : "espeak", "who turns words into phonemes; espeak: espeak-ng, if it is installed"));
    if (!speakers.isEmpty()) {
      parameters.put("speaker", new StringParameter(speakers, speakers.getFirst(), "whose voice"));
    }
    return parameters;
  }

  @Override
  public List<String> referencedFiles() {
    return List.of(graph, phonemeIds);
  }
}
