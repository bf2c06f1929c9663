package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.transformer.Architecture;
import dev.penstock.generators.models.transformer.Rotary;
import dev.penstock.generators.models.transformer.TransformerConfig;
import java.util.List;
import java.util.Optional;

/// Reads the sizes of a model from a GGUF's metadata; what cannot be imported is refused by name.
final class GgufConfig {

  /// Factors of the rotary frequencies, one for each pair, as Llama 3.1 and later have them.
  static final String ROTARY_FACTORS = "rope_freqs.weight";

  private static final double DEFAULT_ROPE_BASE = 10_000;

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final Architecture architecture;

  private GgufConfig(GgufFile file, Architecture architecture) {
    this.file = file;
    this.metadata = file.metadata();
    this.architecture = architecture;
  }

  /// @throws dev.penstock.generators.models.ModelException names the key that is missing or whose value is not supported
  static TransformerConfig read(GgufFile file) {
    String word = file.metadata().text("general.architecture");
    Architecture architecture = Architecture.ofWord(word).orElseThrow(() -> new GgufException(file.path()
        + " holds a model of the architecture " + word + "; " + Architecture.words() + " can be imported."));
    return new GgufConfig(file, architecture).read();
  }

  private TransformerConfig read() {
    refuseExtensions();
    int width = metadata.size(key("embedding_length"));
    int heads = metadata.size(key("attention.head_count"));
    int headSize = metadata.optionalSize(key("attention.key_length")).orElse(Math.max(1, width / heads));
    for (String key : List.of("rope.dimension_count", "attention.value_length")) {
      metadata.optionalSize(key(key)).ifPresent(size ->
          require(size == headSize, key(key) + " is " + size + "; it must be the head size, " + headSize));
    }
    require(headSize % 16 == 0 && headSize <= TransformerConfig.MAX_HEAD_SIZE, "the head size is " + headSize
        + "; a multiple of 16 up to " + TransformerConfig.MAX_HEAD_SIZE + " is needed");
    return new TransformerConfig(
        file.path().toString(),
        architecture,
        metadata.size(key("block_count")),
        width,
        metadata.size(key("feed_forward_length")),
        heads,
        metadata.optionalSize(key("attention.head_count_kv")).orElse(heads),
        headSize,
        rotary(headSize),
        metadata.real(key("attention.layer_norm_rms_epsilon")),
        context(),
        vocabularySize());
  }

  /// Within the sliding window attention to the window is attention to all.
  private int context() {
    int context = metadata.size(key("context_length"));
    return Math.min(context, metadata.optionalSize(key("attention.sliding_window")).orElse(context));
  }

  private int vocabularySize() {
    int tokens = metadata.texts("tokenizer.ggml.tokens").size();
    metadata.optionalSize(key("vocab_size")).ifPresent(size ->
        require(size == tokens, key("vocab_size") + " is " + size + ", but there are " + tokens + " tokens"));
    return tokens;
  }

  private Rotary rotary(int headSize) {
    double base = metadata.optionalReal(key("rope.freq_base")).orElse(DEFAULT_ROPE_BASE);
    require(base > 1 && Double.isFinite(base), key("rope.freq_base") + " is " + base + "; a number above 1 is needed");
    Rotary plain = Rotary.plain(base, headSize);
    Optional<GgufTensor> factors = Optional.ofNullable(file.tensors().get(ROTARY_FACTORS));
    if (factors.isPresent()) {
      require(factors.get().rows() == 1 && factors.get().columns() == headSize / 2, "the tensor " + ROTARY_FACTORS
          + " has " + factors.get().rows() + " rows of " + factors.get().columns() + " elements; 1 of " + headSize / 2
          + " is needed");
      float[] values = new float[headSize / 2];
      factors.get().read(0, values);
      for (float value : values) {
        require(value > 0 && Float.isFinite(value), "the tensor " + ROTARY_FACTORS + " holds " + value
            + "; positive numbers are needed");
      }
      return plain.slowed(values);
    }
    return scaled(plain);
  }

  private Rotary scaled(Rotary plain) {
    String type = metadata.optionalText(key("rope.scaling.type")).orElse("none");
    return switch (type) {
      case "none" -> plain;
      case "linear" -> {
        double factor = metadata.real(key("rope.scaling.factor"));
        require(factor >= 1 && Double.isFinite(factor), key("rope.scaling.factor") + " is " + factor
            + "; a number of at least 1 is needed");
        yield plain.slowed(factor);
      }
      default -> throw new GgufException(file.path() + ": " + key("rope.scaling.type") + " is " + type
          + "; none and linear can be imported.");
    };
  }

  private void refuseExtensions() {
    require(metadata.optionalWhole(key("expert_count")).orElse(0L) == 0,
        key("expert_count") + " is set; mixtures of experts cannot be imported");
  }

  private String key(String name) {
    return architecture.word() + "." + name;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new GgufException(file.path() + ": " + problem + ".");
    }
  }
}
