package dev.penstock.generators.models.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.TransformerGraph;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.NextTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blocks of every quantised encoding are in the graph exactly as they are in the file, in layers, embedding and tied
/// head: without rounded activations the graph computes what the file's weights in float32 do. Every form gives a row the
/// same bits alone and in a batch.
class BlockGraphTest {

  private static final int[] TOKENS = {0, 41, 75, 3, 200, 41, 41, 7, 99, 130};

  @TempDir
  private Path root;

  @ParameterizedTest
  @CsvSource({"Q4_0, Q4_0", "Q4_1, Q4_1", "Q8_0, Q8_0", "Q4_K, Q4_K", "Q5_K, Q5_K", "Q6_K, Q6_K", "Q4_K, Q6_K"})
  void computesWithTheFilesOwnBlocks(GgufTensorType linears, GgufTensorType embedding) throws IOException {
    try (var file = GgufFile.open(new BlockLlama(linears, embedding).file().write(root.resolve("m.gguf")))) {
      List<float[]> expected = logits(graph(file, WeightForm.FLOAT32, Activations.FLOAT32), 1);
      List<float[]> found = logits(graph(file, WeightForm.Q4SUM, Activations.FLOAT32), 1);

      for (int t = 0; t < TOKENS.length; t++) {
        assertThat(found.get(t)).as("position %d", t).containsExactly(expected.get(t), within(2e-3f));
      }
    }
  }

  /// Value beside query and key, and up beside gate, share a product with them only where their blocks are alike.
  @ParameterizedTest
  @CsvSource({"Q4_K, Q6_K", "Q4_1, Q4_0", "Q8_0, Q4_K"})
  void computesWithBlocksOfSeveralFormatsInOneLayer(GgufTensorType linears, GgufTensorType valueAndUp) throws IOException {
    var llama = new BlockLlama(linears, valueAndUp, linears);
    try (var file = GgufFile.open(llama.file().write(root.resolve("m.gguf")))) {
      List<float[]> expected = logits(graph(file, WeightForm.FLOAT32, Activations.FLOAT32), 1);
      List<float[]> found = logits(graph(file, WeightForm.Q4SUM, Activations.FLOAT32), 1);

      for (int t = 0; t < TOKENS.length; t++) {
        assertThat(found.get(t)).as("position %d", t).containsExactly(expected.get(t), within(2e-3f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"Q4_0, Q4_0", "Q4_1, Q4_1", "Q8_0, Q8_0", "Q4_K, Q4_K", "Q5_K, Q5_K", "Q6_K, Q6_K", "Q4_K, Q6_K"})
  void staysNearTheFilesOwnWeightsWithRoundedActivations(GgufTensorType linears, GgufTensorType embedding)
      throws IOException {
    Path gguf = new BlockLlama(linears, embedding).file().write(root.resolve("m.gguf"));
    var options = new ImportOptions(
        "blocks", "1.0.0", "Apache-2.0", "test", "Blocks.", List.of(WeightForm.Q4SUM), 64);

    var imported = GgufImporter.importModel(gguf, root.resolve("blocks"), options, Progress.NONE);

    assertThat(imported.calibration().klDivergence()).isBetween(1e-9, 0.01);
    assertThat(imported.calibration().topOneAgreement()).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @CsvSource({"Q4_0, Q4_0", "Q4_1, Q4_1", "Q8_0, Q8_0", "Q4_K, Q4_K", "Q5_K, Q5_K", "Q6_K, Q6_K", "Q4_K, Q6_K"})
  void givesARowTheSameBitsAloneAndInABatch(GgufTensorType linears, GgufTensorType embedding) throws IOException {
    try (var file = GgufFile.open(new BlockLlama(linears, embedding).file().write(root.resolve("m.gguf")))) {
      for (WeightForm form : WeightForm.values()) {
        Graph graph = graph(file, form, Activations.INT8);
        List<float[]> alone = logits(graph, 1);

        for (int rows : new int[] {2, 7, 16}) {
          List<float[]> together = logits(graph, rows);
          for (int t = 0; t < TOKENS.length; t++) {
            assertThat(together.get(t)).as("%s, %d rows, position %d", form, rows, t).containsExactly(alone.get(t));
          }
        }
      }
    }
  }

  private record Graph(Path file, LanguageModelSection section) {}

  private Graph graph(GgufFile file, WeightForm form, Activations activations) throws IOException {
    Path graph = root.resolve(form.word() + ".onnx");
    var config = GgufConfig.read(file);
    TransformerGraph.write(GgufImporter.weights(file, config), form, activations, 64, graph, Progress.NONE);
    return new Graph(graph, new LanguageModelSection(graph.getFileName().toString(), form.word(), config.layers(),
        config.keyValueHeads(), config.headSize(), 64, config.vocabularySize(), "tokenizer.json", null, null, List.of()));
  }

  /// The logits of the first row, the others being fed something else.
  private static List<float[]> logits(Graph graph, int rows) {
    List<float[]> logits = new ArrayList<>();
    try (var model = NextTokens.open(graph.file(), graph.section(), rows, TOKENS.length)) {
      for (int t = 0; t < TOKENS.length; t++) {
        int at = t;
        float[] row = new float[graph.section().vocabularySize()];
        model.step(t, IntStream.range(0, rows).map(r -> r == 0 ? TOKENS[at] : 11 * r + at).toArray()).get(0, row);
        logits.add(row);
      }
    }
    return logits;
  }
}
