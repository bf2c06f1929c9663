package dev.penstock.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The graph that other programs are given computes, fed with an attention mask, the very bits that ours computes: what is
/// compared is how programs run it, not what they run.
class MaskedGraphTest {

  private static final int ROWS = 2;
  private static final int TOKENS = 3;

  private final ModelFolder model =
      ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME"), "models", "tiny-copywriter"));
  private final LanguageModelSection section = model.manifest().languageModel();

  @TempDir
  private Path folder;

  @Test
  void computesTheBitsOfTheOriginal() throws Exception {
    Path masked = folder.resolve("masked.onnx");
    MaskedGraph.write(model.file(section.graph()), masked);
    Map<String, OnnxValue> ours = inputs(TOKENS);
    ours.put("seqlens_k", OnnxValue.copyOf(new int[] {TOKENS - 1, TOKENS - 1}, ROWS));
    ours.put("total_sequence_length", OnnxValue.copyOf(new int[] {TOKENS}));
    Map<String, OnnxValue> theirs = inputs(0);
    theirs.put("attention_mask", OnnxValue.copyOf(new long[] {1, 1, 1, 1, 1, 1}, ROWS, TOKENS));

    float[] expected = logits(model.file(section.graph()), ours);

    assertThat(logits(masked, theirs)).isEqualTo(expected);
    assertThat(expected).hasSize(ROWS * section.vocabularySize()).doesNotContain(Float.NaN);
  }

  /// @param positions that the empty cache has room for
  private Map<String, OnnxValue> inputs(int positions) {
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put("input_ids", OnnxValue.copyOf(new long[] {5, 6, 7, 300, 8, 9}, ROWS, TOKENS));
    int floats = ROWS * section.keyValueHeads() * positions * section.headSize();
    for (int layer = 0; layer < section.layers(); layer++)
      for (String part : List.of(".key", ".value"))
        inputs.put(
            "past_key_values." + layer + part,
            OnnxValue.of(
                OnnxValue.allocateFloats(floats), ROWS, section.keyValueHeads(), positions, section.headSize()));
    return inputs;
  }

  private static float[] logits(Path graph, Map<String, OnnxValue> inputs) {
    try (OnnxSession session = OnnxSession.open(graph)) {
      FloatBuffer written = session.run(inputs).get("logits").floats();
      float[] values = new float[written.remaining()];
      written.get(0, values);
      return values;
    } finally {
      inputs.values().forEach(OnnxValue::close);
    }
  }
}
