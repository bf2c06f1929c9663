package dev.penstock.generators.models.huggingface;

import dev.penstock.generators.models.transformer.TensorNames;
import dev.penstock.generators.models.transformer.TransformerWeights.Linear;
import dev.penstock.generators.models.transformer.TransformerWeights.Norm;

/// Names of tensors in checkpoints of Transformers (`LlamaForCausalLM`, `Qwen2ForCausalLM`, `Qwen3ForCausalLM`).
final class CheckpointNames implements TensorNames {

  static final String HEAD = "lm_head";

  @Override
  public String embedding() {
    return "model.embed_tokens";
  }

  @Override
  public String outputNorm() {
    return "model.norm";
  }

  @Override
  public String head() {
    return HEAD;
  }

  @Override
  public String linear(Linear linear, int layer) {
    return "model.layers." + layer + "." + switch (linear) {
      case QUERY -> "self_attn.q_proj";
      case KEY -> "self_attn.k_proj";
      case VALUE -> "self_attn.v_proj";
      case ATTENTION_OUTPUT -> "self_attn.o_proj";
      case GATE -> "mlp.gate_proj";
      case UP -> "mlp.up_proj";
      case DOWN -> "mlp.down_proj";
    };
  }

  @Override
  public String norm(Norm norm, int layer) {
    return "model.layers." + layer + "." + switch (norm) {
      case ATTENTION -> "input_layernorm";
      case FEED_FORWARD -> "post_attention_layernorm";
      case QUERY_HEADS -> "self_attn.q_norm";
      case KEY_HEADS -> "self_attn.k_norm";
    };
  }
}
