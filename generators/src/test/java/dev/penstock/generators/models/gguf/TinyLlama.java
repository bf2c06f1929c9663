package dev.penstock.generators.models.gguf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A two-layer llama of 32 floats with random weights: as a GGUF file, and as a plain forward pass to compare with.
///
/// The forward pass follows llama.cpp: rotary positions turn neighbouring elements of a head, so the file's query and
/// key rows are used as they lie.
public final class TinyLlama {

  private static final int OUTLIER = 3;

  static final int LAYERS = 2;
  static final int WIDTH = 32;
  static final int FEED_FORWARD = 64;
  static final int KEY_VALUE_HEADS = 1;
  static final float EPSILON = 1e-5f;
  static final float ROPE_BASE = 10_000f;

  final List<String> vocabulary = vocabulary();
  final List<String> merges = List.of("Ġ t", "h e", "Ġt he", "1 2");
  private final Map<String, float[]> weights = new HashMap<>();
  private final GgufBuilder file = new GgufBuilder();
  private final Random random;
  private final boolean tied;
  private final float outlier;
  private final int heads;
  private final int headSize;

  TinyLlama(long seed, GgufEncoding linears, GgufEncoding embedding, boolean tied) {
    this(seed, linears, embedding, tied, 1, 2);
  }

  private TinyLlama(
      long seed, GgufEncoding linears, GgufEncoding embedding, boolean tied, float outlier, int heads) {
    this.outlier = outlier;
    this.heads = heads;
    this.headSize = WIDTH / heads;
    this.random = new Random(seed);
    this.tied = tied;
    metadata();
    add("token_embd.weight", embedding, vocabulary.size(), WIDTH, 1);
    if (!tied) {
      add("output.weight", linears, vocabulary.size(), WIDTH, 1);
    }
    norm("output_norm.weight", 0.1);
    for (int layer = 0; layer < LAYERS; layer++) {
      String block = "blk." + layer + ".";
      norm(block + "attn_norm.weight", 1);
      norm(block + "ffn_norm.weight", 1);
      add(block + "attn_q.weight", linears, WIDTH, WIDTH, 0.5);
      add(block + "attn_k.weight", linears, KEY_VALUE_HEADS * headSize, WIDTH, 0.5);
      add(block + "attn_v.weight", linears, KEY_VALUE_HEADS * headSize, WIDTH, 0.3);
      add(block + "attn_output.weight", linears, WIDTH, WIDTH, 0.3);
      add(block + "ffn_gate.weight", linears, FEED_FORWARD, WIDTH, 0.3);
      add(block + "ffn_up.weight", linears, FEED_FORWARD, WIDTH, 0.3);
      add(block + "ffn_down.weight", linears, WIDTH, FEED_FORWARD, 0.2);
    }
  }

  public GgufBuilder file() {
    return file;
  }

  /// A model in 8 bits with a tied head.
  public static TinyLlama q8(long seed) {
    return new TinyLlama(seed, GgufEncoding.Q8_0, GgufEncoding.Q8_0, true);
  }

  /// A model in float32 with one head, whose size is no power of four.
  static TinyLlama withOneHead(long seed) {
    return new TinyLlama(seed, GgufEncoding.F32, GgufEncoding.F32, false, 1, 1);
  }

  /// A model whose activations hold an outlier that no weight reads: harmless in float32, but numbers rounded to 8 bits
  /// beside it are lost.
  static TinyLlama withUnreadOutlier(long seed) {
    return new TinyLlama(seed, GgufEncoding.Q8_0, GgufEncoding.Q8_0, false, 1_000, 2);
  }

  private void metadata() {
    List<Integer> kinds = new ArrayList<>();
    vocabulary.forEach(token -> kinds.add(token.startsWith("<|") ? 3 : 1));
    file.put("general.architecture", "llama")
        .put("llama.block_count", LAYERS)
        .put("llama.context_length", 64)
        .put("llama.embedding_length", WIDTH)
        .put("llama.feed_forward_length", FEED_FORWARD)
        .put("llama.attention.head_count", heads)
        .put("llama.attention.head_count_kv", KEY_VALUE_HEADS)
        .put("llama.attention.layer_norm_rms_epsilon", EPSILON)
        .put("llama.rope.freq_base", ROPE_BASE)
        .put("tokenizer.ggml.model", "gpt2")
        .put("tokenizer.ggml.pre", "smollm")
        .put("tokenizer.ggml.tokens", vocabulary)
        .put("tokenizer.ggml.token_type", kinds)
        .put("tokenizer.ggml.merges", merges)
        .put("tokenizer.ggml.eos_token_id", 1)
        .put("tokenizer.chat_template", "{{ messages }}");
  }

  private void add(String name, GgufEncoding encoding, int rows, int columns, double spread) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * spread);
    }
    for (int i = OUTLIER; outlier != 1 && columns == WIDTH && !name.startsWith("token") && i < values.length; i += columns) {
      values[i] = 0;
    }
    var encoded = encoding.encode(values);
    weights.put(name, encoded.values());
    file.tensor(name, encoded, columns, rows);
  }

  private void norm(String name, double mean) {
    float[] values = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      values[i] = (float) (mean + 0.1 * random.nextGaussian());
    }
    values[OUTLIER] *= outlier;
    weights.put(name, values);
    file.tensor(name, GgufEncoding.F32.encode(values), WIDTH);
  }

  /// Three control tokens, the 256 bytes as GPT-2 spells them, and what the merges make.
  private static List<String> vocabulary() {
    List<String> tokens = new ArrayList<>(List.of("<|start|>", "<|im_end|>", "<|endoftext|>"));
    int shifted = 256;
    for (int code = 0; code < 256; code++) {
      boolean printable = code >= 33 && code <= 126 || code >= 161 && code != 173;
      tokens.add(String.valueOf((char) (printable ? code : shifted++)));
    }
    tokens.addAll(List.of("Ġt", "he", "Ġthe", "12"));
    return tokens;
  }

  /// Logits of every position.
  float[][] logits(int... tokens) {
    float[][] hidden = new float[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      hidden[t] = Arrays.copyOfRange(weights.get("token_embd.weight"), tokens[t] * WIDTH, (tokens[t] + 1) * WIDTH);
    }
    for (int layer = 0; layer < LAYERS; layer++) {
      block("blk." + layer + ".", hidden);
    }
    float[][] logits = new float[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      logits[t] = product(tied ? "token_embd.weight" : "output.weight", normed(hidden[t], "output_norm.weight"));
    }
    return logits;
  }

  private void block(String block, float[][] hidden) {
    float[][] keys = new float[hidden.length][];
    float[][] values = new float[hidden.length][];
    for (int t = 0; t < hidden.length; t++) {
      float[] x = normed(hidden[t], block + "attn_norm.weight");
      float[] query = rotated(product(block + "attn_q.weight", x), t);
      keys[t] = rotated(product(block + "attn_k.weight", x), t);
      values[t] = product(block + "attn_v.weight", x);
      add(hidden[t], product(block + "attn_output.weight", attention(query, keys, values, t)));
      float[] y = normed(hidden[t], block + "ffn_norm.weight");
      float[] gate = product(block + "ffn_gate.weight", y);
      float[] up = product(block + "ffn_up.weight", y);
      for (int i = 0; i < gate.length; i++) {
        gate[i] = (float) (gate[i] / (1 + Math.exp(-gate[i])) * up[i]);
      }
      add(hidden[t], product(block + "ffn_down.weight", gate));
    }
  }

  private float[] attention(float[] query, float[][] keys, float[][] values, int last) {
    float[] out = new float[query.length];
    for (int head = 0; head < heads; head++) {
      int shared = head / (heads / KEY_VALUE_HEADS) * headSize;
      double[] weight = new double[last + 1];
      double sum = 0;
      for (int t = 0; t <= last; t++) {
        double dot = 0;
        for (int i = 0; i < headSize; i++) {
          dot += query[head * headSize + i] * keys[t][shared + i];
        }
        weight[t] = Math.exp(dot / Math.sqrt(headSize));
        sum += weight[t];
      }
      for (int t = 0; t <= last; t++) {
        for (int i = 0; i < headSize; i++) {
          out[head * headSize + i] += (float) (weight[t] / sum * values[t][shared + i]);
        }
      }
    }
    return out;
  }

  private float[] rotated(float[] heads, int position) {
    float[] out = new float[heads.length];
    for (int i = 0; i < heads.length; i += 2) {
      double angle = position * Math.pow(ROPE_BASE, -(double) (i % headSize) / headSize);
      out[i] = (float) (heads[i] * Math.cos(angle) - heads[i + 1] * Math.sin(angle));
      out[i + 1] = (float) (heads[i] * Math.sin(angle) + heads[i + 1] * Math.cos(angle));
    }
    return out;
  }

  private float[] normed(float[] x, String weight) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    double scale = 1 / Math.sqrt(squares / x.length + EPSILON);
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = (float) (x[i] * scale * weights.get(weight)[i]);
    }
    return out;
  }

  private float[] product(String name, float[] x) {
    float[] weight = weights.get(name);
    float[] out = new float[weight.length / x.length];
    for (int row = 0; row < out.length; row++) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += (double) weight[row * x.length + i] * x[i];
      }
      out[row] = (float) sum;
    }
    return out;
  }

  private static void add(float[] to, float[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }
}
