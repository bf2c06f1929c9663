package dev.penstock.generators.models.piper;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Runs of a voice on a few phonemes, without noise: what shapes it needs, and whether it still speaks as before.
record PiperTrial(PiperConfig config, boolean hasSpeakers) {

  private static final List<String> SYMBOLS = List.of("h", "ə", "l", "ˈ", "o", "ʊ", " ", "w", "ˈ", "ɜ", "ː", "l", "d");

  /// @param maxDifference between the original's samples and ours, full scale is 1
  record Found(int durationNoiseChannels, int noiseChannels, int samplesPerFrame, double maxDifference) {}

  /// @param shapes   the part of the graph that tells the shape of the durations' noise
  /// @param changed  the graph with inputs for noise
  /// @throws ModelImportException one of them cannot be run
  Found run(Path original, Path shapes, Path changed) {
    try {
      Map<String, OnnxValue> inputs = inputs();
      int durationChannels = (int) value(only(shapes, inputs), PiperGraph.DURATION_NOISE_SHAPE).longs().get(1);
      int phonemes = inputs.get("input").size();
      float[] none = new float[durationChannels * phonemes];
      inputs.put(PiperGraph.DURATION_NOISE, OnnxValue.copyOf(none, 1, durationChannels, phonemes));
      inputs.put(PiperGraph.NOISE, OnnxValue.copyOf(new float[1], 1, 1, 1));
      Map<String, OnnxValue> ours = only(changed, inputs);
      long[] noise = new long[3];
      value(ours, PiperGraph.NOISE_SHAPE).longs().get(noise);
      OnnxValue sound = value(ours, "output");
      if (noise[2] < 1 || sound.size() % noise[2] != 0) {
        throw new ModelImportException("The voice makes " + sound.size() + " samples of " + noise[2]
            + " frames; a whole number of samples a frame is needed.");
      }
      double difference = difference(sound, value(only(original, inputs()), "output"));
      return new Found(durationChannels, (int) noise[1], (int) (sound.size() / noise[2]), difference);
    } catch (InferenceException failed) {
      throw new ModelImportException("The voice's graph cannot be run: " + failed.getMessage(), failed);
    }
  }

  private static Map<String, OnnxValue> only(Path graph, Map<String, OnnxValue> inputs) {
    try (OnnxSession session = OnnxSession.open(graph)) {
      return session.run(inputs);
    }
  }

  private static OnnxValue value(Map<String, OnnxValue> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  private Map<String, OnnxValue> inputs() {
    long[] ids = Stream.of(List.of("^"), SYMBOLS, List.of("$")).flatMap(List::stream)
        .filter(config.phonemeIds()::containsKey)
        .flatMap(symbol -> Stream.concat(config.phonemeIds().get(symbol).stream(), config.phonemeIds().get("_").stream()))
        .mapToLong(Long::longValue).toArray();
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put("input", OnnxValue.copyOf(ids, 1, ids.length));
    inputs.put("input_lengths", OnnxValue.copyOf(new long[] {ids.length}, 1));
    inputs.put("scales", OnnxValue.copyOf(new float[] {0, 1, 0}, 3));
    if (hasSpeakers) {
      inputs.put("sid", OnnxValue.copyOf(new long[1], 1));
    }
    return inputs;
  }

  private static double difference(OnnxValue ours, OnnxValue original) {
    if (ours.size() != original.size()) {
      throw new ModelImportException("The voice makes " + ours.size() + " samples instead of " + original.size()
          + " once its noise is an input; it draws noise that the import does not see.");
    }
    double most = 0;
    for (int i = 0; i < ours.size(); i++) {
      float one = ours.floats().get(i);
      if (!Float.isFinite(one)) {
        throw new ModelImportException("The voice computes " + one + " instead of finite numbers; its weights are damaged.");
      }
      most = Math.max(most, Math.abs(one - original.floats().get(i)));
    }
    return most;
  }
}
