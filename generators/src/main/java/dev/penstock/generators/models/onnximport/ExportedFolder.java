package dev.penstock.generators.models.onnximport;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.huggingface.JsonFile;
import dev.penstock.generators.models.huggingface.TokenizerFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a folder with an ONNX graph says about it.
///
/// @param graph     the ONNX file
/// @param context   positions that the model was trained for
/// @param names     what its inputs and outputs are called
/// @param tokenizer the folder's tokenizer
/// @param endIds    tokens that end an answer
record ExportedFolder(Path graph, int context, Names names, TokenizerFiles tokenizer, List<Integer> endIds) {

  static final String GENAI = "genai_config.json";
  private static final String CONFIG = "config.json";
  private static final long MAX_BYTES = 1 << 20;

  /// @param pastKey   such as `past_key_values.%d.key`, with the layer for `%d`
  /// @param pastValue the same name if keys and values of a layer are one tensor
  record Names(String ids, String mask, String positions, String pastKey, String pastValue, String logits,
      String presentKey, String presentValue) {

    static final Names USUAL = new Names("input_ids", "attention_mask", "position_ids", "past_key_values.%d.key",
        "past_key_values.%d.value", "logits", "present.%d.key", "present.%d.value");

    /// Whether keys and values of a layer are one tensor.
    boolean joined() {
      return pastKey.equals(pastValue);
    }

    static String layer(String pattern, int layer) {
      return pattern.replace("%d", Integer.toString(layer));
    }
  }

  /// A folder of onnxruntime-genai: `genai_config.json` beside graph and tokenizer.
  static ExportedFolder genai(Path folder) {
    JsonFile config = JsonFile.read(folder.resolve(GENAI), MAX_BYTES);
    JsonFile model = config.object("model");
    JsonFile decoder = model.object("decoder");
    for (String other : List.of("encoder", "vision", "embedding", "speech")) {
      if (model.has(other)) {
        throw model.refused("it has a part '" + other + "'; models of one decoder can be imported");
      }
    }
    if (decoder.has("pipeline")) {
      throw decoder.refused("pipeline is set; a decoder of one graph can be imported");
    }
    String file = decoder.text("filename");
    if (!file.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
      throw decoder.refused("filename is '" + file + "'; a file beside " + GENAI + " is needed");
    }
    TokenizerFiles tokenizer = TokenizerFiles.read(folder);
    return new ExportedFolder(existing(folder.resolve(file)), model.size("context_length"), names(decoder), tokenizer,
        tokenizer.endIds(model));
  }

  private static Names names(JsonFile decoder) {
    JsonFile inputs = decoder.object("inputs");
    JsonFile outputs = decoder.object("outputs");
    Names usual = Names.USUAL;
    return new Names(
        inputs.optionalText("input_ids").orElse(usual.ids()),
        inputs.optionalText("attention_mask").orElse(usual.mask()),
        inputs.optionalText("position_ids").orElse(usual.positions()),
        inputs.optionalText("past_names").or(() -> inputs.optionalText("past_key_names")).orElse(usual.pastKey()),
        inputs.optionalText("past_names").or(() -> inputs.optionalText("past_value_names")).orElse(usual.pastValue()),
        outputs.optionalText("logits").orElse(usual.logits()),
        outputs.optionalText("present_names").or(() -> outputs.optionalText("present_key_names")).orElse(usual.presentKey()),
        outputs.optionalText("present_names").or(() -> outputs.optionalText("present_value_names"))
            .orElse(usual.presentValue()));
  }

  /// A folder of Optimum or Transformers.js: `config.json` and tokenizer beside `model.onnx` or `onnx/model.onnx`.
  static ExportedFolder optimum(Path folder) {
    JsonFile config = JsonFile.read(folder.resolve(CONFIG), MAX_BYTES);
    Path graph = folder.resolve("model.onnx");
    if (!Files.isRegularFile(graph)) {
      graph = folder.resolve("onnx").resolve("model.onnx");
    }
    TokenizerFiles tokenizer = TokenizerFiles.read(folder);
    int context = config.optionalSize("max_position_embeddings").or(() -> config.optionalSize("n_positions"))
        .orElseThrow(() -> config.refused("max_position_embeddings is missing; a whole number is needed"));
    return new ExportedFolder(existing(graph), context, Names.USUAL, tokenizer, tokenizer.endIds(config));
  }

  private static Path existing(Path graph) {
    if (!Files.isRegularFile(graph)) {
      throw new ModelImportException(graph.getFileName() + " is missing in " + graph.getParent()
          + "; the import needs the graph.");
    }
    return graph;
  }
}
