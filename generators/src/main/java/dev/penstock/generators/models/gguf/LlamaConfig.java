package dev.penstock.generators.models.gguf;

import java.nio.file.Path;
import java.util.List;

/// The sizes of a llama-layout model, read from a GGUF's metadata; what the graph cannot express is refused.
///
/// @param layers          transformer blocks
/// @param width           floats of a hidden state
/// @param feedForward     floats inside the feed-forward part
/// @param heads           query heads
/// @param keyValueHeads   key and value heads; divides `heads`
/// @param headSize        floats a head; a multiple of 16
/// @param ropeBase        base of the rotary frequencies
/// @param epsilon         of the root-mean-square norms
/// @param trainedContext  positions that the model was trained for
/// @param vocabularySize  tokens
record LlamaConfig(
    int layers,
    int width,
    int feedForward,
    int heads,
    int keyValueHeads,
    int headSize,
    double ropeBase,
    double epsilon,
    int trainedContext,
    int vocabularySize) {

  private static final double DEFAULT_ROPE_BASE = 10_000;

  /// @throws GgufException names the key that is missing or whose value is not supported
  static LlamaConfig read(Path file, GgufMetadata metadata) {
    String architecture = metadata.text("general.architecture");
    if (!architecture.equals("llama")) {
      throw new GgufException(file + " holds a model of the architecture " + architecture + "; llama can be imported.");
    }
    refuseExtensions(file, metadata);
    int width = metadata.size("llama.embedding_length");
    int heads = metadata.size("llama.attention.head_count");
    var config = new LlamaConfig(
        metadata.size("llama.block_count"),
        width,
        metadata.size("llama.feed_forward_length"),
        heads,
        metadata.optionalSize("llama.attention.head_count_kv").orElse(heads),
        metadata.optionalSize("llama.attention.key_length").orElse(Math.max(1, width / heads)),
        metadata.optionalReal("llama.rope.freq_base").orElse(DEFAULT_ROPE_BASE),
        metadata.real("llama.attention.layer_norm_rms_epsilon"),
        metadata.size("llama.context_length"),
        metadata.texts("tokenizer.ggml.tokens").size());
    config.check(file, metadata);
    return config;
  }

  private static void refuseExtensions(Path file, GgufMetadata metadata) {
    if (metadata.optionalWhole("llama.expert_count").orElse(0L) > 0) {
      throw new GgufException(file + ": llama.expert_count is set; mixtures of experts cannot be imported.");
    }
    metadata.optionalText("llama.rope.scaling.type").filter(type -> !type.equals("none")).ifPresent(type -> {
      throw new GgufException(file + ": llama.rope.scaling.type is " + type + "; only unscaled rotary positions can be imported.");
    });
  }

  private void check(Path file, GgufMetadata metadata) {
    require(file, heads % keyValueHeads == 0, "llama.attention.head_count_kv is " + keyValueHeads
        + "; it must divide the " + heads + " heads");
    require(file, headSize % 16 == 0, "the head size is " + headSize + "; a multiple of 16 is needed");
    for (String key : List.of("llama.rope.dimension_count", "llama.attention.value_length")) {
      metadata.optionalSize(key).ifPresent(size ->
          require(file, size == headSize, key + " is " + size + "; it must be the head size, " + headSize));
    }
    metadata.optionalSize("llama.vocab_size").ifPresent(size ->
        require(file, size == vocabularySize, "llama.vocab_size is " + size + ", but there are " + vocabularySize + " tokens"));
    require(file, ropeBase > 1 && Double.isFinite(ropeBase), "llama.rope.freq_base is " + ropeBase
        + "; a number above 1 is needed");
    require(file, epsilon > 0 && epsilon < 1, "llama.attention.layer_norm_rms_epsilon is " + epsilon
        + "; a number between 0 and 1 is needed");
  }

  private static void require(Path file, boolean holds, String problem) {
    if (!holds) {
      throw new GgufException(file + ": " + problem + ".");
    }
  }

  int queryWidth() {
    return heads * headSize;
  }

  int keyValueWidth() {
    return keyValueHeads * headSize;
  }
}
