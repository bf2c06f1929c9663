package dev.penstock.generators.models.transformer;

import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.onnxfile.Attribute;
import dev.penstock.generators.models.onnxfile.Domain;
import dev.penstock.generators.models.onnxfile.OnnxFileWriter;
import dev.penstock.generators.models.onnxfile.TensorBytes;
import dev.penstock.generators.models.onnxfile.TensorType;
import dev.penstock.generators.models.transformer.TransformerWeights.Linear;
import dev.penstock.generators.models.transformer.TransformerWeights.Norm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the graph of a llama-layout model: token embedding, then for each layer root-mean-square norm, grouped-query
/// attention with rotary positions, and a gated feed-forward part, each added to the hidden state; then norm and head.
///
/// Layers with the same input (query, key and value; gate and up) are one product where their weights are alike. The scale
/// of attention's scores is part of the query's weights where it is a power of two ([AttentionScale]).
///
/// Inputs and outputs are those of [dev.penstock.generators.models.LanguageModelSection]. Only the last position of a
/// run reaches the head. Source: LLaMA (Touvron et al. 2023), RoPE (Su et al. 2021), GQA (Ainslie et al. 2023), Qwen2
/// (Yang et al. 2024: biases), Qwen3 (Yang et al. 2025: norms of query and key heads).
public final class TransformerGraph {

  private final TransformerWeights weights;
  private final TransformerConfig config;
  private final AttentionScale scale;
  private final int contextLength;
  private final OnnxFileWriter graph;
  private final GraphLayers layers;
  private final Progress progress;

  private TransformerGraph(TransformerWeights weights, int contextLength, OnnxFileWriter graph, GraphLayers layers,
      Progress progress) {
    this.progress = progress;
    this.config = weights.config();
    this.scale = AttentionScale.of(config.headSize());
    this.weights = weights.withQueriesTimes(scale.ofQueries());
    this.contextLength = contextLength;
    this.graph = graph;
    this.layers = layers;
  }

  /// @param contextLength positions that the rotary tables cover
  public static void write(TransformerWeights weights, WeightForm form, Activations activations, int contextLength,
      Path file, Progress progress) throws IOException {
    try (var writer = new OnnxFileWriter(file, weights.config().architecture().word())) {
      var layers = new GraphLayers(writer, form, activations);
      new TransformerGraph(weights, contextLength, writer, layers, progress).write();
      writer.save();
    }
  }

  /// The forms that differ for these weights: without any blocks in the file, its own form is float32.
  public static List<WeightForm> distinct(TransformerWeights weights, List<WeightForm> forms) {
    return forms.stream()
        .map(form -> form == WeightForm.Q4SUM && !weights.hasBlocks() ? WeightForm.FLOAT32 : form).distinct().toList();
  }

  private void write() throws IOException {
    declare();
    rotaryTables();
    scale.declare(graph, config.heads());
    layers.embed("input_ids", weights.embedding(), "hidden.0");
    norm("hidden.0", weights.norm(Norm.ATTENTION, 0), "normed.0");
    for (int layer = 0; layer < config.layers(); layer++) {
      progress.at("layer", layer, config.layers());
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

  /// Cosines and sines of `position * frequency(i)`, float32 `[contextLength, headSize / 2]`.
  private void rotaryTables() throws IOException {
    double[] frequencies = config.rotary().frequencies();
    int half = frequencies.length;
    float[] cosines = new float[contextLength * half];
    float[] sines = new float[contextLength * half];
    for (int position = 0; position < contextLength; position++) {
      for (int i = 0; i < half; i++) {
        double angle = position * frequencies[i];
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
    List<String> inputs = new ArrayList<>(queryKeyValue(layer));
    inputs.addAll(List.of(past(layer, "key"), past(layer, "value"), "seqlens_k", "total_sequence_length",
        "rotary.cosines", "rotary.sines"));
    inputs.addAll(scale.inputs());
    graph.node(Domain.MICROSOFT, "GroupQueryAttention", inputs,
        List.of("attention." + layer, present(layer, "key"), present(layer, "value")),
        Attribute.of("num_heads", config.heads()), Attribute.of("kv_num_heads", config.keyValueHeads()),
        Attribute.of("do_rotary", 1), Attribute.of("rotary_interleaved", 0),
        Attribute.of("scale", scale.ofScores()));
    linear(Linear.ATTENTION_OUTPUT, layer, "attention." + layer, "attentionOutput.");
    addAndNorm("hidden." + layer, "attentionOutput." + layer, weights.norm(Norm.FEED_FORWARD, layer),
        "attendedNormed." + layer, "attended." + layer);
  }

  /// The names of query, key and value; of all three behind one another and two empty ones where one product makes them.
  private List<String> queryKeyValue(int layer) throws IOException {
    String normed = "normed." + layer;
    if (!config.architecture().hasHeadNorms()
        && stacked(List.of(Linear.QUERY, Linear.KEY, Linear.VALUE), layer, normed, "queryKeyValue." + layer)) {
      return List.of("queryKeyValue." + layer, "", "");
    }
    linear(Linear.QUERY, layer, normed, "query.");
    linear(Linear.KEY, layer, normed, "key.");
    linear(Linear.VALUE, layer, normed, "value.");
    String query = headsNormed("query." + layer, Norm.QUERY_HEADS, layer, config.heads());
    String key = headsNormed("key." + layer, Norm.KEY_HEADS, layer, config.keyValueHeads());
    return List.of(query, key, "value." + layer);
  }

  /// Writes several linear layers of one input as one product.
  ///
  /// @return false, with nothing written, if their weights cannot be stacked or only some of them have biases
  private boolean stacked(List<Linear> linears, int layer, String input, String output) throws IOException {
    Optional<WeightMatrix> stack = StackedMatrix.of(linears.stream()
        .map(linear -> new StackedMatrix.Part(weights.linear(linear, layer), weights.order(linear))).toList());
    List<WeightMatrix> biases = linears.stream().flatMap(linear -> weights.bias(linear, layer).stream()).toList();
    if (stack.isEmpty() || !biases.isEmpty() && biases.size() < linears.size()) {
      return false;
    }
    if (biases.isEmpty()) {
      layers.linear(input, stack.get(), RowOrder.UNCHANGED, output);
      return true;
    }
    layers.linear(input, stack.get(), RowOrder.UNCHANGED, output + ".unbiased");
    List<String> names = new ArrayList<>();
    for (Linear linear : linears) {
      names.add(layers.bias(weights.bias(linear, layer).orElseThrow(), weights.order(linear)));
    }
    graph.node(Domain.ONNX, "Concat", names, List.of(output + ".bias"), Attribute.of("axis", 0));
    graph.node(Domain.ONNX, "Add", List.of(output + ".unbiased", output + ".bias"), List.of(output));
    return true;
  }

  /// Name of the input with each of its heads normed by itself, or of the input where the layout has no such norm.
  private String headsNormed(String input, Norm norm, int layer, int heads) throws IOException {
    if (!config.architecture().hasHeadNorms()) {
      return input;
    }
    graph.node(Domain.ONNX, "Reshape", List.of(input, layers.shape(0, 0, heads, config.headSize())),
        List.of(input + ".heads"));
    norm(input + ".heads", weights.norm(norm, layer), input + ".headsNormed");
    graph.node(Domain.ONNX, "Reshape",
        List.of(input + ".headsNormed", layers.shape(0, 0, (long) heads * config.headSize())), List.of(input + ".normed"));
    return input + ".normed";
  }

  /// `down(silu(gate(x)) * up(x))`, added to `attended.L`, to `hidden.L+1` and `normed.L+1`.
  private void feedForward(int layer) throws IOException {
    String normed = "attendedNormed." + layer;
    if (stacked(List.of(Linear.GATE, Linear.UP), layer, normed, "gateUp." + layer)) {
      graph.node(Domain.ONNX, "Split", List.of("gateUp." + layer, layers.shape(config.feedForward(), config.feedForward())),
          List.of("gate." + layer, "up." + layer), Attribute.of("axis", -1));
    } else {
      linear(Linear.GATE, layer, normed, "gate.");
      linear(Linear.UP, layer, normed, "up.");
    }
    graph.node(Domain.ONNX, "Sigmoid", List.of("gate." + layer), List.of("sigmoid." + layer));
    graph.node(Domain.ONNX, "Mul", List.of("gate." + layer, "sigmoid." + layer), List.of("silu." + layer));
    graph.node(Domain.ONNX, "Mul", List.of("silu." + layer, "up." + layer), List.of("gated." + layer));
    linear(Linear.DOWN, layer, "gated." + layer, "down.");
    int next = layer + 1;
    boolean last = next == config.layers();
    addAndNorm("attended." + layer, "down." + layer,
        last ? weights.outputNorm() : weights.norm(Norm.ATTENTION, next), "normed." + next, last ? "" : "hidden." + next);
  }

  private void linear(Linear linear, int layer, String input, String output) throws IOException {
    layers.linear(input, weights.linear(linear, layer), weights.bias(linear, layer), weights.order(linear),
        output + layer);
  }

  private void head() throws IOException {
    graph.initializer("slice.start", TensorType.INT64, new long[] {1}, TensorBytes.of(-1L));
    graph.initializer("slice.end", TensorType.INT64, new long[] {1}, TensorBytes.of(Long.MAX_VALUE));
    graph.initializer("slice.axis", TensorType.INT64, new long[] {1}, TensorBytes.of(1L));
    graph.node(Domain.ONNX, "Slice", List.of("normed." + config.layers(), "slice.start", "slice.end", "slice.axis"),
        List.of("lastNormed"));
    Optional<WeightMatrix> head = weights.head();
    if (head.isEmpty()) {
      layers.tiedHead("lastNormed", weights.embedding(), "logits");
    } else {
      layers.linear("lastNormed", head.get(), RowOrder.UNCHANGED, "logits");
    }
  }

  private void norm(String input, WeightMatrix weight, String output) throws IOException {
    graph.node(Domain.ONNX, "SimplifiedLayerNormalization", List.of(input, layers.norm(weight)), List.of(output),
        Attribute.of("axis", -1), epsilon(), Attribute.of("stash_type", 1));
  }

  /// `sum = hidden + added`, `normed = norm(sum)`; an empty `sum` is not written out.
  private void addAndNorm(String hidden, String added, WeightMatrix weight, String normed, String sum)
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
