package dev.penstock.generators.onnx.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.generators.models.gguf.BlockGraphs;
import dev.penstock.generators.models.gguf.GgufTensorType;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.onnx.OnnxRuntime;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.onnx.PackedGraphs;
import dev.penstock.generators.onnx.PrepackedCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the quicker form of blocks that are not symmetric promises: no node of the graph's adds an offset, what is computed
/// is about as near to the weights in float32 as what the graph itself computes, every start has the same bits, a row has the
/// same bits alone and in a batch, and graphs without such blocks stay as they are.
class FoldedOffsetsTest {

  private static final int[] TOKENS = {0, 41, 75, 3, 200, 41, 41, 7, 99, 130};

  @TempDir private Path temporary;

  private Path graph(GgufTensorType type, WeightForm form, Activations activations) {
    return BlockGraphs.write(temporary.resolve(type + "-" + form + "-" + activations), type, form, activations);
  }

  private Path graph(GgufTensorType type) {
    return graph(type, WeightForm.Q4SUM, Activations.INT8);
  }

  private PrepackedCache cache() {
    return PackedGraphs.cache(temporary.resolve("prepacked"), new FoldedOffsets());
  }

  /// Where a version or a processor orders packed weights otherwise, the graph runs as it is: then there is nothing to see.
  private static void assumeFolded(OnnxSession session) {
    if (OnnxRuntime.kernels().filter(kernels -> kernels.contains("avx512_vnni")).isPresent())
      assertThat(session.form()).isEqualTo("folded");
    assumeThat(session.form()).isEqualTo("folded");
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q4_K", "Q5_K"})
  void takesTheNodesOfEveryOffsetOutOfTheGraph(GgufTensorType type) throws IOException {
    Path graph = graph(type);

    OnnxGraph folded = PackedGraphs.read(new FoldedOffsets().of(graph).orElseThrow().graph(), temporary);

    assertThat(OnnxGraph.read(graph).nodes()).anyMatch(node -> node.operator().equals("AveragePool"));
    assertThat(folded.nodes()).noneMatch(node -> node.operator().equals("AveragePool") || node.operator().equals("FusedMatMul"));
    assertThat(folded.missing()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_0", "Q8_0", "Q6_K"})
  void leavesGraphsWithSymmetricBlocksAsTheyAre(GgufTensorType type) throws IOException {
    assertThat(new FoldedOffsets().of(graph(type))).isEmpty();
  }

  @Test
  void leavesProductsThatDoNotRoundTheirInputAsTheyAre() throws IOException {
    assertThat(new FoldedOffsets().of(graph(GgufTensorType.Q4_1, WeightForm.Q4SUM, Activations.FLOAT32))).isEmpty();
  }

  /// In these random blocks an offset is as large as what the codes add, so rounding the input costs up to twice as much; in
  /// trained weights, which lie around zero, it is a small part.
  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q4_K", "Q5_K"})
  void roundsLittleMoreThanTheGraphItself(GgufTensorType type) {
    Path graph = graph(type);
    try (OnnxSession exact = OnnxSession.open(graph(type, WeightForm.FLOAT32, Activations.FLOAT32));
        OnnxSession shipped = OnnxSession.open(graph);
        OnnxSession folded = cache().open(graph, type.name())) {
      assumeFolded(folded);
      float[] expected = logits(exact, 1);

      assertThat(distance(expected, logits(folded, 1))).isLessThan(2.5 * distance(expected, logits(shipped, 1)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q4_K", "Q5_K"})
  void hasTheSameBitsAtEveryStart(GgufTensorType type) {
    Path graph = graph(type);
    try (OnnxSession first = cache().open(graph, type.name());
        OnnxSession later = cache().open(graph, type.name())) {
      assumeFolded(first);
      assertThat(later.form()).isEqualTo("folded");
      assertThat(logits(later, 1)).isEqualTo(logits(first, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q4_K", "Q5_K"})
  void givesARowTheSameBitsAloneAndInABatch(GgufTensorType type) {
    try (OnnxSession folded = cache().open(graph(type), type.name())) {
      assumeFolded(folded);
      float[] alone = logits(folded, 1);

      for (int rows : new int[] {2, 3, 7, 16}) {
        float[] together = logits(folded, rows);
        assertThat(Arrays.copyOf(together, alone.length)).as("%d rows", rows).isEqualTo(alone);
      }
    }
  }

  private static double distance(float[] expected, float[] found) {
    return Math.sqrt(IntStream.range(0, expected.length).mapToDouble(i -> Math.pow(expected[i] - found[i], 2)).sum());
  }

  /// Of rows that begin with other tokens but the first.
  private static float[] logits(OnnxSession session, int rows) {
    long[] ids = new long[rows * TOKENS.length];
    for (int i = 0; i < ids.length; i++) ids[i] = TOKENS[i % TOKENS.length] + i / TOKENS.length;
    int[] lengths = new int[rows];
    Arrays.fill(lengths, TOKENS.length - 1);
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put("input_ids", OnnxValue.copyOf(ids, rows, TOKENS.length));
    inputs.put("seqlens_k", OnnxValue.copyOf(lengths, rows));
    inputs.put("total_sequence_length", OnnxValue.copyOf(new int[] {TOKENS.length}));
    for (String part : new String[] {"key", "value"})
      inputs.put("past_key_values.0." + part, OnnxValue.copyOf(new float[rows * 4 * 16 * 16], rows, 4, 16, 16));
    var logits = session.run(inputs, Set.of("logits")).get("logits").floats();
    float[] values = new float[logits.remaining()];
    logits.get(0, values);
    return values;
  }
}
