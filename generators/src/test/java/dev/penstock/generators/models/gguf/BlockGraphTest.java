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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blocks of every quantised encoding are in the graph exactly as they are in the file, in layers, embedding and tied
/// head: without rounded activations the graph computes what the file's weights in float32 do.
class BlockGraphTest {

  private static final int[] TOKENS = {0, 41, 75, 3, 200, 41, 41, 7, 99, 130};

  @TempDir
  private Path root;

  @ParameterizedTest
  @CsvSource({"Q4_0, Q4_0", "Q4_1, Q4_1", "Q8_0, Q8_0", "Q4_K, Q4_K", "Q5_K, Q5_K", "Q6_K, Q6_K", "Q4_K, Q6_K"})
  void computesWithTheFilesOwnBlocks(GgufTensorType linears, GgufTensorType embedding) throws IOException {
    try (var file = GgufFile.open(new BlockLlama(linears, embedding).file().write(root.resolve("m.gguf")))) {
      List<float[]> expected = logits(file, WeightForm.FLOAT32);
      List<float[]> found = logits(file, WeightForm.Q4SUM);

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

  private List<float[]> logits(GgufFile file, WeightForm form) throws IOException {
    Path graph = root.resolve(form.word() + ".onnx");
    var config = GgufConfig.read(file);
    TransformerGraph.write(GgufImporter.weights(file, config), form, Activations.FLOAT32, 64, graph, Progress.NONE);
    var section = new LanguageModelSection(graph.getFileName().toString(), form.word(), config.layers(),
        config.keyValueHeads(), config.headSize(), 64, config.vocabularySize(), "tokenizer.json", null, null, List.of());
    List<float[]> logits = new ArrayList<>();
    try (var model = new NextTokens(graph, section, 1, TOKENS.length)) {
      for (int t = 0; t < TOKENS.length; t++) {
        float[] row = new float[section.vocabularySize()];
        model.step(t, TOKENS[t]).get(0, row);
        logits.add(row);
      }
    }
    return logits;
  }
}
