package dev.penstock.generators.models.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.transformer.Architecture;
import dev.penstock.generators.models.transformer.Rotary;
import dev.penstock.generators.models.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.List;

/// Reads the sizes of a checkpoint from its `config.json`, as Transformers 4 and 5 write it; what cannot be imported is
/// refused by name. Values that are left out have the defaults of Transformers.
final class CheckpointConfig {

  static final String FILE = "config.json";
  static final long MAX_BYTES = 1 << 20;

  private static final double DEFAULT_ROPE_BASE = 10_000;
  private static final int QWEN3_HEAD_SIZE = 128;
  private static final double DEFAULT_EPSILON = 1e-6;

  private final Path file;
  private final JsonFile json;
  private final Architecture architecture;

  private CheckpointConfig(Path file, JsonFile json, Architecture architecture) {
    this.file = file;
    this.json = json;
    this.architecture = architecture;
  }

  static CheckpointConfig read(Path folder) {
    Path file = folder.resolve(FILE);
    JsonFile json = JsonFile.read(file, MAX_BYTES);
    String word = json.text("model_type");
    Architecture architecture = Architecture.ofWord(word).orElseThrow(() -> new ModelImportException(
        file + " describes a model of the type " + word + "; " + Architecture.words() + " can be imported."));
    return new CheckpointConfig(file, json, architecture);
  }

  /// Whether the head is the embedding, so that a stored head is to be ignored.
  boolean isTied() {
    return json.bool("tie_word_embeddings", false);
  }

  TransformerConfig sizes() {
    refuseExtensions();
    int width = json.size("hidden_size");
    int heads = json.size("num_attention_heads");
    int headSize = json.optionalSize("head_dim")
        .orElse(architecture == Architecture.QWEN3 ? QWEN3_HEAD_SIZE : Math.max(1, width / heads));
    if (headSize % 16 != 0 || headSize > TransformerConfig.MAX_HEAD_SIZE) {
      throw json.refused("the head size is " + headSize + "; a multiple of 16 up to " + TransformerConfig.MAX_HEAD_SIZE
          + " is needed");
    }
    return new TransformerConfig(
        file.toString(),
        architecture,
        json.size("num_hidden_layers"),
        width,
        json.size("intermediate_size"),
        heads,
        json.optionalSize("num_key_value_heads").orElse(heads),
        headSize,
        rotary(headSize),
        json.optionalReal("rms_norm_eps").orElse(DEFAULT_EPSILON),
        context(),
        json.size("vocab_size"));
  }

  private void refuseExtensions() {
    if (json.has("quantization_config")) {
      throw json.refused("quantization_config is set; only checkpoints of floats can be imported, take the one that "
          + "was not quantised");
    }
    String activation = json.optionalText("hidden_act").orElse("silu");
    if (!activation.equals("silu")) {
      throw json.refused("hidden_act is " + activation + "; silu can be imported");
    }
    if (json.bool("mlp_bias", false)) {
      throw json.refused("mlp_bias is true; only feed-forward parts without biases can be imported");
    }
  }

  /// Within the sliding window attention to the window is attention to all.
  private int context() {
    int context = json.size("max_position_embeddings");
    boolean slides = json.bool("use_sliding_window", false);
    for (JsonNode type : json.node().path("layer_types")) {
      slides |= !type.asText().equals("full_attention");
    }
    return slides ? Math.min(context, json.size("sliding_window")) : context;
  }

  /// Transformers 5 has `rope_parameters`; before it there were `rope_theta` and `rope_scaling`.
  private Rotary rotary(int headSize) {
    boolean is5 = json.has("rope_parameters");
    JsonFile base = is5 ? json.object("rope_parameters") : json;
    double theta = base.optionalReal("rope_theta").orElse(DEFAULT_ROPE_BASE);
    if (theta <= 1) {
      throw base.refused("rope_theta is " + theta + "; a number above 1 is needed");
    }
    for (JsonFile section : List.of(base, json)) {
      if (section.optionalReal("partial_rotary_factor").orElse(1.0) != 1) {
        throw section.refused("partial_rotary_factor is set; only whole heads can be turned");
      }
    }
    Rotary plain = Rotary.plain(theta, headSize);
    String key = is5 ? "rope_parameters" : "rope_scaling";
    return json.has(key) ? scaled(plain, json.object(key)) : plain;
  }

  private Rotary scaled(Rotary plain, JsonFile rope) {
    String type = rope.optionalText("rope_type").or(() -> rope.optionalText("type")).orElse("default");
    return switch (type) {
      case "default" -> plain;
      case "linear" -> plain.slowed(factor(rope, "factor"));
      case "llama3" -> llama3(plain, rope);
      default -> throw rope.refused("rope_type is " + type + "; default, linear and llama3 can be imported");
    };
  }

  private Rotary llama3(Rotary plain, JsonFile rope) {
    double low = rope.real("low_freq_factor");
    double high = rope.real("high_freq_factor");
    if (!(low > 0 && high > low)) {
      throw rope.refused("low_freq_factor is " + low + " and high_freq_factor " + high
          + "; positive numbers are needed, the second one larger");
    }
    return plain.llama3(factor(rope, "factor"), low, high, rope.size("original_max_position_embeddings"));
  }

  private static double factor(JsonFile rope, String key) {
    double factor = rope.real(key);
    if (factor < 1) {
      throw rope.refused(key + " is " + factor + "; a number of at least 1 is needed");
    }
    return factor;
  }
}
