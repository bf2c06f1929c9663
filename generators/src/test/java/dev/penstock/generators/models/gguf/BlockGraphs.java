package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.TransformerGraph;
import dev.penstock.generators.models.transformer.WeightForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Graphs of a [BlockLlama], as an import writes them, for tests elsewhere: one layer, 4 heads of 16 for keys and values.
public final class BlockGraphs {

  private BlockGraphs() {}

  /// @param type of all weights
  /// @return `model.onnx` in the folder, which is made
  public static Path write(Path folder, GgufTensorType type, WeightForm form, Activations activations) {
    try {
      Files.createDirectories(folder);
      try (GgufFile file = GgufFile.open(new BlockLlama(type, type).file().write(folder.resolve("model.gguf")))) {
        Path graph = folder.resolve("model.onnx");
        var config = GgufConfig.read(file);
        TransformerGraph.write(GgufImporter.weights(file, config), form, activations, 64, graph, Progress.NONE);
        return graph;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
