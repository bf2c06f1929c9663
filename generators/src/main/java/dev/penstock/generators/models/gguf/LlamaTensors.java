package dev.penstock.generators.models.gguf;

import java.util.HashSet;
import java.util.Set;

/// The tensors of a llama-layout model by role, each of the shape that the [LlamaConfig] implies; a missing, misshapen
/// or unknown tensor is refused by name.
final class LlamaTensors {

  private final GgufFile file;
  private final LlamaConfig config;
  private final Set<String> known = new HashSet<>();

  private LlamaTensors(GgufFile file, LlamaConfig config) {
    this.file = file;
    this.config = config;
  }

  /// @throws GgufException names the tensor
  static LlamaTensors check(GgufFile file, LlamaConfig config) {
    var tensors = new LlamaTensors(file, config);
    tensors.embedding();
    tensors.outputNorm();
    tensors.head();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Linear linear : Linear.values()) {
        tensors.linear(linear, layer);
      }
      tensors.attentionNorm(layer);
      tensors.feedForwardNorm(layer);
    }
    for (String name : file.tensors().keySet()) {
      if (!tensors.known.contains(name)) {
        throw new GgufException(file.path() + ": the tensor " + name + " is no part of the plain llama layout; "
            + "a model with it cannot be imported.");
      }
    }
    return tensors;
  }

  /// The linear layers of a block.
  enum Linear {
    QUERY("attn_q"), KEY("attn_k"), VALUE("attn_v"), ATTENTION_OUTPUT("attn_output"),
    GATE("ffn_gate"), UP("ffn_up"), DOWN("ffn_down");

    private final String word;

    Linear(String word) {
      this.word = word;
    }

    private int rows(LlamaConfig config) {
      return switch (this) {
        case QUERY -> config.queryWidth();
        case KEY, VALUE -> config.keyValueWidth();
        case ATTENTION_OUTPUT, DOWN -> config.width();
        case GATE, UP -> config.feedForward();
      };
    }

    private int columns(LlamaConfig config) {
      return switch (this) {
        case QUERY, KEY, VALUE, GATE, UP -> config.width();
        case ATTENTION_OUTPUT -> config.queryWidth();
        case DOWN -> config.feedForward();
      };
    }
  }

  LlamaConfig config() {
    return config;
  }

  GgufTensor linear(Linear linear, int layer) {
    return shaped("blk." + layer + "." + linear.word + ".weight", linear.rows(config), linear.columns(config));
  }

  GgufTensor attentionNorm(int layer) {
    return shaped("blk." + layer + ".attn_norm.weight", 1, config.width());
  }

  GgufTensor feedForwardNorm(int layer) {
    return shaped("blk." + layer + ".ffn_norm.weight", 1, config.width());
  }

  GgufTensor outputNorm() {
    return shaped("output_norm.weight", 1, config.width());
  }

  GgufTensor embedding() {
    return shaped("token_embd.weight", config.vocabularySize(), config.width());
  }

  /// The output layer; the embedding itself where the file ties them.
  GgufTensor head() {
    return file.tensors().containsKey("output.weight")
        ? shaped("output.weight", config.vocabularySize(), config.width()) : embedding();
  }

  private GgufTensor shaped(String name, int rows, int columns) {
    GgufTensor tensor = file.tensors().get(name);
    if (tensor == null) {
      throw new GgufException(file.path() + ": the tensor " + name + " is missing; the llama layout needs it.");
    }
    if (tensor.rows() != rows || tensor.columns() != columns) {
      throw new GgufException(file.path() + ": the tensor " + name + " has " + tensor.rows() + " rows of "
          + tensor.columns() + " elements; " + rows + " of " + columns + " are needed.");
    }
    known.add(name);
    return tensor;
  }
}
