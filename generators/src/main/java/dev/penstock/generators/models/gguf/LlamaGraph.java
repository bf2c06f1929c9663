package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.gguf.GraphLayers.Activations;
import dev.penstock.generators.models.gguf.LlamaTensors.Linear;
import dev.penstock.generators.models.onnxfile.Attribute;
import dev.penstock.generators.models.onnxfile.Domain;
import dev.penstock.generators.models.onnxfile.OnnxFileWriter;
import dev.penstock.generators.models.onnxfile.TensorBytes;
import dev.penstock.generators.models.onnxfile.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes the graph of a llama-layout model: token embedding, then for each layer root-mean-square norm, grouped-query
/// attention with rotary positions, and a gated feed-forward part, each added to the hidden state; then norm and head.
///
/// Inputs and outputs are those of [dev.penstock.generators.models.LanguageModelSection]. Only the last position of a
/// run reaches the head. Source: LLaMA (Touvron et al. 2023), RoPE (Su et al. 2021), GQA (Ainslie et al. 2023).
final class LlamaGraph {

  private final LlamaTensors tensors;
  private final LlamaConfig config;
  private final int contextLength;
  private final OnnxFileWriter graph;
  private final GraphLayers layers;

  private LlamaGraph(LlamaTensors tensors, int contextLength, OnnxFileWriter graph, GraphLayers layers) {
    this.tensors = tensors;
    this.config = tensors.config();
    this.contextLength = contextLength;
    this.graph = graph;
    this.layers = layers;
  }

  /// @param contextLength positions that the rotary tables cover
  static void write(LlamaTensors tensors, WeightForm form, Activations activations, int contextLength, Path file)
      throws IOException {
    try (var writer = new OnnxFileWriter(file, "llama")) {
      new LlamaGraph(tensors, contextLength, writer, new GraphLayers(writer, form, activations)).write();
      writer.save();
    }
  }

  private void write() throws IOException {
    declare();
    rotaryTables();
    layers.embed("input_ids", tensors.embedding(), "hidden.0");
    graph.node(Domain.ONNX, "SimplifiedLayerNormalization",
        List.of("hidden.0", layers.norm(tensors.attentionNorm(0))), List.of("normed.0"),
        Attribute.of("axis", -1), epsilon(), Attribute.of("stash_type", 1));
    for (int layer = 0; layer < config.layers(); layer++) {
      attention(layer);
      feedForward(layer);
    }
    head();
  }

  private void declare() {
    graph.input("input_ids", TensorType.INT64, "batch", "sequence")
        .input("seqlens_k", TensorType.INT32, "batch")
        .input("total_sequence_length", TensorType.INT32)
        .output("logits", TensorType.FLOAT32, "batch", 1, config.vocabularySize());
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String part : List.of("key", "value")) {
        graph.input(past(layer, part), TensorType.FLOAT32, "batch", config.keyValueHeads(), "capacity", config.headSize());
        graph.output(present(layer, part), TensorType.FLOAT32, "batch", config.keyValueHeads(), "capacity", config.headSize());
      }
    }
  }

  /// Cosines and sines of `position * base^(-2i / headSize)`, float32 `[contextLength, headSize / 2]`.
  private void rotaryTables() throws IOException {
    int half = config.headSize() / 2;
    float[] cosines = new float[contextLength * half];
    float[] sines = new float[contextLength * half];
    for (int position = 0; position < contextLength; position++) {
      for (int i = 0; i < half; i++) {
        double angle = position * Math.pow(config.ropeBase(), -2.0 * i / config.headSize());
        cosines[position * half + i] = (float) Math.cos(angle);
        sines[position * half + i] = (float) Math.sin(angle);
      }
    }
    long[] shape = {contextLength, half};
    graph.initializer("rotary.cosines", TensorType.FLOAT32, shape, TensorBytes.of(cosines));
    graph.initializer("rotary.sines", TensorType.FLOAT32, shape, TensorBytes.of(sines));
  }

  /// From `hidden.L` and `normed.L` to `attended.L` (the hidden state) and `attendedNormed.L`.
  private void attention(int layer) throws IOException {
    String normed = "normed." + layer;
    RowOrder halves = RowOrder.halves(config.headSize());
    layers.linear(normed, tensors.linear(Linear.QUERY, layer), halves, "query." + layer);
    layers.linear(normed, tensors.linear(Linear.KEY, layer), halves, "key." + layer);
    layers.linear(normed, tensors.linear(Linear.VALUE, layer), RowOrder.UNCHANGED, "value." + layer);
    graph.node(Domain.MICROSOFT, "GroupQueryAttention",
        List.of("query." + layer, "key." + layer, "value." + layer, past(layer, "key"), past(layer, "value"),
            "seqlens_k", "total_sequence_length", "rotary.cosines", "rotary.sines"),
        List.of("attention." + layer, present(layer, "key"), present(layer, "value")),
        Attribute.of("num_heads", config.heads()), Attribute.of("kv_num_heads", config.keyValueHeads()),
        Attribute.of("do_rotary", 1), Attribute.of("rotary_interleaved", 0),
        Attribute.of("scale", (float) (1 / Math.sqrt(config.headSize()))));
    layers.linear("attention." + layer, tensors.linear(Linear.ATTENTION_OUTPUT, layer), RowOrder.UNCHANGED,
        "attentionOutput." + layer);
    addAndNorm("hidden." + layer, "attentionOutput." + layer, tensors.feedForwardNorm(layer),
        "attendedNormed." + layer, "attended." + layer);
  }

  /// `down(silu(gate(x)) * up(x))`, added to `attended.L`, to `hidden.L+1` and `normed.L+1`.
  private void feedForward(int layer) throws IOException {
    String normed = "attendedNormed." + layer;
    layers.linear(normed, tensors.linear(Linear.GATE, layer), RowOrder.UNCHANGED, "gate." + layer);
    layers.linear(normed, tensors.linear(Linear.UP, layer), RowOrder.UNCHANGED, "up." + layer);
    graph.node(Domain.ONNX, "Sigmoid", List.of("gate." + layer), List.of("sigmoid." + layer));
    graph.node(Domain.ONNX, "Mul", List.of("gate." + layer, "sigmoid." + layer), List.of("silu." + layer));
    graph.node(Domain.ONNX, "Mul", List.of("silu." + layer, "up." + layer), List.of("gated." + layer));
    layers.linear("gated." + layer, tensors.linear(Linear.DOWN, layer), RowOrder.UNCHANGED, "down." + layer);
    int next = layer + 1;
    boolean last = next == config.layers();
    addAndNorm("attended." + layer, "down." + layer, last ? tensors.outputNorm() : tensors.attentionNorm(next),
        "normed." + next, last ? "" : "hidden." + next);
  }

  private void head() throws IOException {
    graph.initializer("slice.start", TensorType.INT64, new long[] {1}, TensorBytes.of(-1L));
    graph.initializer("slice.end", TensorType.INT64, new long[] {1}, TensorBytes.of(Long.MAX_VALUE));
    graph.initializer("slice.axis", TensorType.INT64, new long[] {1}, TensorBytes.of(1L));
    graph.node(Domain.ONNX, "Slice", List.of("normed." + config.layers(), "slice.start", "slice.end", "slice.axis"),
        List.of("lastNormed"));
    GgufTensor head = tensors.head();
    if (head == tensors.embedding()) {
      layers.tiedHead("lastNormed", head, "logits");
    } else {
      layers.linear("lastNormed", head, RowOrder.UNCHANGED, "logits");
    }
  }

  /// `sum = hidden + added`, `normed = norm(sum)`; an empty `sum` is not written out.
  private void addAndNorm(String hidden, String added, GgufTensor weight, String normed, String sum)
      throws IOException {
    graph.node(Domain.MICROSOFT, "SkipSimplifiedLayerNormalization",
        List.of(hidden, added, layers.norm(weight)),
        sum.isEmpty() ? List.of(normed) : List.of(normed, "", "", sum), epsilon());
  }

  private Attribute epsilon() {
    return Attribute.of("epsilon", (float) config.epsilon());
  }

  private static String past(int layer, String part) {
    return "past_key_values." + layer + "." + part;
  }

  private static String present(int layer, String part) {
    return "present." + layer + "." + part;
  }
}
