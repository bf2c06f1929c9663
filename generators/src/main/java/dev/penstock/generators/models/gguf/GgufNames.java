package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.transformer.TensorNames;
import dev.penstock.generators.models.transformer.TransformerWeights.Linear;
import dev.penstock.generators.models.transformer.TransformerWeights.Norm;

/// Names of tensors in GGUF files (gguf.md of ggml, "Standardized tensor names").
final class GgufNames implements TensorNames {

  @Override
  public String embedding() {
    return "token_embd";
  }

  @Override
  public String outputNorm() {
    return "output_norm";
  }

  @Override
  public String head() {
    return "output";
  }

  @Override
  public String linear(Linear linear, int layer) {
    return "blk." + layer + "." + switch (linear) {
      case QUERY -> "attn_q";
      case KEY -> "attn_k";
      case VALUE -> "attn_v";
      case ATTENTION_OUTPUT -> "attn_output";
      case GATE -> "ffn_gate";
      case UP -> "ffn_up";
      case DOWN -> "ffn_down";
    };
  }

  @Override
  public String norm(Norm norm, int layer) {
    return "blk." + layer + "." + switch (norm) {
      case ATTENTION -> "attn_norm";
      case FEED_FORWARD -> "ffn_norm";
      case QUERY_HEADS -> "attn_q_norm";
      case KEY_HEADS -> "attn_k_norm";
    };
  }
}
