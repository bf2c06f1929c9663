package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.models.DiffusionSection.TextEncoder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.huggingface.JsonFile;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.oneshot.AdaptedGraph;
import dev.penstock.generators.models.oneshot.OneShotGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The text encoder of a folder, and its tokenizer.
final class TextPart {

  private static final long MAX_BYTES = 1 << 20;
  private static final String NAME = "text_encoder.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String STATES = "last_hidden_state";

  private final Path folder;
  private final OneShotGraph graph;
  private final int tokens;
  private final int width;

  /// @param width numbers of a token's state that the U-Net wants
  /// @throws ModelImportException it is missing, or of another width
  TextPart(Path folder, int width) {
    this.folder = folder;
    this.width = width;
    JsonFile config = JsonFile.read(folder.resolve("text_encoder").resolve("config.json"), MAX_BYTES);
    this.graph = OneShotGraph.read(DiffusersImporter.existing(folder.resolve("text_encoder").resolve("model.onnx")));
    this.tokens = config.size("max_position_embeddings");
    if (config.size("hidden_size") != width) {
      throw config.refused("hidden_size is " + config.size("hidden_size") + ", and the U-Net takes states of " + width);
    }
  }

  /// How many tokens a text has.
  int tokens() {
    return tokens;
  }

  TextEncoder write(Path draft) throws IOException {
    List<OnnxValueInfo> inputs = graph.graph().inputs();
    if (inputs.size() != 1 || !inputs.getFirst().name().equals("input_ids")) {
      throw new ModelImportException(graph.file() + " has the inputs " + inputs.stream().map(OnnxValueInfo::name).toList()
          + "; input_ids alone is needed.");
    }
    OnnxValueInfo states = graph.graph().outputs().stream().filter(info -> info.name().equals(STATES)).findFirst()
        .orElseThrow(() -> new ModelImportException(graph.file() + " has no output " + STATES + "."));
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    String input = adapted.tokens(inputs.getFirst());
    String output = adapted.output(states, List.of());
    String file = graph.write(adapted, draft, NAME);
    ClipTokenizer.Written tokenizer = ClipTokenizer.write(folder.resolve("tokenizer"), draft.resolve(TOKENIZER));
    return new TextEncoder(file, input, output, TOKENIZER, width, tokenizer.padding());
  }
}
