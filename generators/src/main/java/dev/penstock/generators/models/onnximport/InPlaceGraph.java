package dev.penstock.generators.models.onnximport;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxNode.RawAttribute;
import dev.penstock.generators.models.onnxfile.OnnxTensorInfo;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.onnximport.ExportedFolder.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Brings an exported graph to the contract of [dev.penstock.generators.models.LanguageModelSection]: every row's
/// length is an input of its own instead of an attention mask, and only the last position reaches the head.
///
/// The exporters of onnxruntime-genai and Transformers.js compute `seqlens_k` and `total_sequence_length` of
/// GroupQueryAttention from the mask; here the attention nodes read them from inputs, and what computed them is left
/// out. Positions, where a graph wants them, are counted from `seqlens_k`.
final class InPlaceGraph {

  private static final int FLOAT32 = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int MIN_OPSET = 13;
  private static final String SEQLENS = "seqlens_k";
  private static final String TOTAL = "total_sequence_length";
  private static final String QUANTIZED_PRODUCT = "MatMulNBits";
  private static final Set<String> PRODUCTS = Set.of("MatMul", QUANTIZED_PRODUCT, "FusedMatMul", "Gemm");

  private final Path file;
  private final Names names;
  private final OnnxGraph original;
  private final Map<String, OnnxNode> producers;
  private final Map<String, OnnxValueInfo> inputs = new HashMap<>();
  private final Map<String, OnnxValueInfo> outputs = new HashMap<>();
  private final int layers;
  private final Map<String, long[]> constants = new LinkedHashMap<>();

  /// @throws ModelImportException the graph is damaged, or is none that can be run in place
  InPlaceGraph(Path file, Names names) {
    this.file = file;
    this.names = names;
    try {
      this.original = OnnxGraph.read(file);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ModelImportException(file + " is not readable as ONNX: " + unreadable.getMessage() + ".", unreadable);
    }
    this.producers = original.producers();
    original.inputs().forEach(input -> inputs.put(input.name(), input));
    original.outputs().forEach(output -> outputs.put(output.name(), output));
    this.layers = countLayers();
    checkParts();
    checkAttention();
    require(producers.containsKey(names.logits()), "no node writes its output " + names.logits());
  }

  private int countLayers() {
    int layer = 0;
    while (inputs.containsKey(Names.layer(names.pastKey(), layer))) {
      layer++;
    }
    require(layer > 0, "it has no input " + Names.layer(names.pastKey(), 0) + "; it has " + new TreeSet<>(inputs.keySet())
        + ". A language model with a key/value cache is needed");
    return layer;
  }

  private void checkParts() {
    require(original.opsets().getOrDefault("", 0L) >= MIN_OPSET, "it uses operator set "
        + original.opsets().getOrDefault("", 0L) + "; at least " + MIN_OPSET + " is needed");
    for (OnnxNode node : original.nodes()) {
      require(node.attributes().stream().noneMatch(RawAttribute::hasGraphs),
          "it has a node " + node.operator() + " with graphs inside; only plain graphs can be imported");
      require(!node.isContributed("GroupQueryAttention") || node.inputs().size() >= 7,
          "it has a node GroupQueryAttention without lengths");
    }
    element(inputs, names.ids(), INT64, "int64");
    element(outputs, names.logits(), FLOAT32, "float32");
    for (int layer = 0; layer < layers; layer++) {
      for (String past : List.of(names.pastKey(), names.pastValue())) {
        element(inputs, Names.layer(past, layer), FLOAT32, "float32");
      }
      for (String present : List.of(names.presentKey(), names.presentValue())) {
        element(outputs, Names.layer(present, layer), FLOAT32, "float32");
      }
    }
    OnnxValueInfo past = inputs.get(Names.layer(names.pastKey(), 0));
    require(past.dimensions().size() == 4 && past.dimension(1) > 0,
        "its input " + past.name() + " has the shape " + past.dimensions() + "; [batch, heads, positions, head size] is needed");
  }

  private void element(Map<String, OnnxValueInfo> side, String name, int type, String word) {
    OnnxValueInfo info = side.get(name);
    require(info != null, "it has no " + (side == inputs ? "input " : "output ") + name + "; it has "
        + new TreeSet<>(side.keySet()));
    require(info.elementType() == type, name + " has elements of ONNX type " + info.elementType() + "; " + word
        + " is needed. Export the model for the CPU");
  }

  private void checkAttention() {
    for (int layer = 0; layer < layers; layer++) {
      String present = Names.layer(names.presentKey(), layer);
      OnnxNode node = producers.get(present);
      boolean inPlace = node != null && node.isContributed("GroupQueryAttention") && node.inputs().size() >= 7
          && node.inputs().get(3).equals(Names.layer(names.pastKey(), layer))
          && node.inputs().get(4).equals(Names.layer(names.pastValue(), layer));
      require(inPlace, present + " is written by " + (node == null ? "no node" : node.operator())
          + ", so the cache of keys and values grows at each token; only graphs that write it in place "
          + "(GroupQueryAttention) can be run. Export the model with onnxruntime-genai's model builder, or import its "
          + "original checkpoint");
    }
  }

  int layers() {
    return layers;
  }

  int keyValueHeads() {
    return (int) inputs.get(Names.layer(names.pastKey(), 0)).dimension(1);
  }

  /// Floats a head, if the graph says it.
  int headSize() {
    OnnxNode attention = producers.get(Names.layer(names.presentKey(), 0));
    long size = inputs.get(Names.layer(names.pastKey(), 0)).dimension(3);
    if (size < 1) {
      OnnxTensorInfo cosines = attention.inputs().size() > 7 ? original.initializers().get(attention.inputs().get(7)) : null;
      size = cosines == null || cosines.shape().size() != 2 ? -1 : 2 * cosines.shape().get(1);
    }
    require(size >= 16 && size % 16 == 0 && size < 1 << 16, "its head size is " + (size < 1 ? "not to be seen" : size)
        + "; a multiple of 16 is needed");
    return (int) size;
  }

  int vocabularySize() {
    long size = outputs.get(names.logits()).dimension(2);
    require(size >= 1 && size < 1 << 24, "its output " + names.logits() + " has the shape "
        + outputs.get(names.logits()).dimensions() + "; [batch, positions, vocabulary] with a vocabulary is needed");
    return (int) size;
  }

  /// Positions that every attention node can count and look back over.
  int contextLength(int trained) {
    long context = trained;
    for (int layer = 0; layer < layers; layer++) {
      OnnxNode attention = producers.get(Names.layer(names.presentKey(), layer));
      long window = attention.number("local_window_size", -1);
      context = window > 0 ? Math.min(context, window) : context;
      OnnxTensorInfo cosines = attention.inputs().size() > 7 ? original.initializers().get(attention.inputs().get(7)) : null;
      context = cosines == null || cosines.shape().isEmpty() ? context : Math.min(context, cosines.shape().getFirst());
    }
    require(context >= 1, "its tables of positions are empty");
    return (int) context;
  }

  /// The distinct bits of its quantised products, ascending; empty if it has none.
  Set<Long> bits() {
    Set<Long> bits = new TreeSet<>();
    original.nodes().stream().filter(node -> node.isContributed(QUANTIZED_PRODUCT))
        .forEach(node -> bits.add(node.number("bits", 4)));
    return bits;
  }

  Set<String> dataFiles() {
    return original.dataFiles();
  }

  /// Writes the graph in our contract.
  ///
  /// @param accuracyLevel of every quantised product
  /// @param dataFiles     new names of the files that constants lie in
  void write(Path target, int accuracyLevel, Map<String, String> dataFiles) throws IOException {
    constants.clear();
    List<OnnxNode> nodes = new ArrayList<>();
    for (OnnxNode node : original.nodes()) {
      nodes.add(node.isContributed("GroupQueryAttention") ? withLengths(node)
          : node.isContributed(QUANTIZED_PRODUCT) ? node.with("accuracy_level", accuracyLevel) : node);
    }
    lastPositionOnly(nodes);
    Map<String, String> ours = ourNames();
    nodes.replaceAll(node -> node.renamed(ours));
    if (inputs.containsKey(names.positions())) {
      nodes.addAll(0, positions());
    }
    OnnxGraph graph = original.with(nodes, declaredInputs(), declaredOutputs());
    Set<String> missing = graph.missing();
    missing.removeAll(constants.keySet());
    require(missing.isEmpty(), "it also needs " + new TreeSet<>(missing) + ", which the engine does not feed");
    graph.write(target, constants, dataFiles);
  }

  private static OnnxNode withLengths(OnnxNode attention) {
    List<String> changed = new ArrayList<>(attention.inputs());
    changed.set(5, SEQLENS);
    changed.set(6, TOTAL);
    return attention.withInputs(changed);
  }

  /// Cuts the hidden state before the head where the head is a product, else the logits after it.
  private void lastPositionOnly(List<OnnxNode> nodes) {
    constants.put("penstock.last.start", new long[] {-1});
    constants.put("penstock.last.end", new long[] {Long.MAX_VALUE});
    constants.put("penstock.last.axis", new long[] {1});
    int at = 0;
    while (!nodes.get(at).outputs().contains(names.logits())) {
      at++;
    }
    OnnxNode head = nodes.get(at);
    boolean product = PRODUCTS.contains(head.operator()) && !original.initializers().containsKey(head.inputs().getFirst());
    if (product) {
      List<String> changed = new ArrayList<>(head.inputs());
      nodes.add(at, slice(changed.set(0, "penstock.last.hidden"), "penstock.last.hidden"));
      nodes.set(at + 1, head.withInputs(changed));
    } else {
      nodes.set(at, head.renamed(Map.of(names.logits(), "penstock.all.logits")));
      nodes.add(at + 1, slice("penstock.all.logits", names.logits()));
    }
  }

  private static OnnxNode slice(String input, String output) {
    return new OnnxNode("Slice", "",
        List.of(input, "penstock.last.start", "penstock.last.end", "penstock.last.axis"), List.of(output), List.of());
  }

  /// `position_ids` int64 `[b, s]`: `seqlens_k + 1 - s + 0..s-1`.
  private List<OnnxNode> positions() {
    constants.put("penstock.one", new long[] {1});
    constants.put("penstock.column", new long[] {-1, 1});
    String prefix = "penstock.positions.";
    return List.of(
        node("Shape", prefix + "shape", "input_ids"),
        node("Gather", prefix + "length", prefix + "shape", "penstock.one"),
        node("Squeeze", prefix + "count", prefix + "length"),
        node("Sub", prefix + "zeroScalar", prefix + "count", prefix + "count"),
        node("Squeeze", prefix + "oneScalar", "penstock.one"),
        node("Range", prefix + "within", prefix + "zeroScalar", prefix + "count", prefix + "oneScalar"),
        node("Cast", prefix + "last", SEQLENS).with("to", INT64),
        node("Reshape", prefix + "lastColumn", prefix + "last", "penstock.column"),
        node("Sub", prefix + "beforeFirst", prefix + "lastColumn", prefix + "length"),
        node("Add", prefix + "first", prefix + "beforeFirst", "penstock.one"),
        node("Add", "position_ids", prefix + "first", prefix + "within"));
  }

  private static OnnxNode node(String operator, String output, String... inputs) {
    return new OnnxNode(operator, "", List.of(inputs), List.of(output), List.of());
  }

  private Map<String, String> ourNames() {
    Map<String, String> ours = new HashMap<>(Map.of(names.ids(), "input_ids", names.positions(), "position_ids",
        names.logits(), "logits"));
    for (int layer = 0; layer < layers; layer++) {
      ours.put(Names.layer(names.pastKey(), layer), "past_key_values." + layer + ".key");
      ours.put(Names.layer(names.pastValue(), layer), "past_key_values." + layer + ".value");
      ours.put(Names.layer(names.presentKey(), layer), "present." + layer + ".key");
      ours.put(Names.layer(names.presentValue(), layer), "present." + layer + ".value");
    }
    return ours;
  }

  private List<OnnxValueInfo> declaredInputs() {
    List<OnnxValueInfo> declared = new ArrayList<>(List.of(
        new OnnxValueInfo("input_ids", INT64, List.of("batch", "sequence")),
        new OnnxValueInfo(SEQLENS, INT32, List.of("batch")),
        new OnnxValueInfo(TOTAL, INT32, List.of())));
    cache("past_key_values.", declared);
    return declared;
  }

  private List<OnnxValueInfo> declaredOutputs() {
    List<OnnxValueInfo> declared = new ArrayList<>(List.of(
        new OnnxValueInfo("logits", FLOAT32, List.of("batch", 1L, (long) vocabularySize()))));
    cache("present.", declared);
    return declared;
  }

  private void cache(String prefix, List<OnnxValueInfo> declared) {
    List<Object> shape = List.of("batch", (long) keyValueHeads(), "capacity", (long) headSize());
    for (int layer = 0; layer < layers; layer++) {
      declared.add(new OnnxValueInfo(prefix + layer + ".key", FLOAT32, shape));
      declared.add(new OnnxValueInfo(prefix + layer + ".value", FLOAT32, shape));
    }
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ModelImportException(file + " cannot be imported: " + problem + ".");
    }
  }
}
