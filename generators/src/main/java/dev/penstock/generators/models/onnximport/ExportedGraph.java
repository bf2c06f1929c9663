package dev.penstock.generators.models.onnximport;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxNode.RawAttribute;
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

/// A decoder that somebody else exported, to be written with the inputs and outputs that the engine feeds. In both kinds
/// only the last position reaches the head.
abstract sealed class ExportedGraph permits InPlaceGraph, GrowingGraph {

  static final int FLOAT32 = 1;
  static final int INT32 = 6;
  static final int INT64 = 7;
  private static final int MIN_OPSET = 11;
  private static final String QUANTIZED_PRODUCT = "MatMulNBits";
  private static final Set<String> PRODUCTS = Set.of("MatMul", QUANTIZED_PRODUCT, "FusedMatMul", "Gemm");

  final Names names;
  final OnnxGraph original;
  final Map<String, OnnxNode> producers;
  final Map<String, OnnxValueInfo> inputs = new HashMap<>();
  final Map<String, OnnxValueInfo> outputs = new HashMap<>();
  private final Path file;
  private final int layers;

  /// @throws ModelImportException the graph cannot be run
  ExportedGraph(Path file, Names names, OnnxGraph original) {
    this.file = file;
    this.names = names;
    this.original = original;
    this.producers = original.producers();
    original.inputs().forEach(input -> inputs.put(input.name(), input));
    original.outputs().forEach(output -> outputs.put(output.name(), output));
    this.layers = countLayers();
    checkParts();
    require(producers.containsKey(names.logits()), "no node writes its output " + names.logits());
  }

  /// Reads a graph of either kind.
  ///
  /// @throws ModelImportException the graph is damaged, or is none that can be run
  static ExportedGraph read(Path file, Names names) {
    OnnxGraph graph;
    try {
      graph = OnnxGraph.read(file);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ModelImportException(file + " is not readable as ONNX: " + unreadable.getMessage() + ".", unreadable);
    }
    OnnxNode first = graph.producers().get(Names.layer(names.presentKey(), 0));
    return first != null && first.isContributed("GroupQueryAttention")
        ? new InPlaceGraph(file, names, graph) : new GrowingGraph(file, names, graph);
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
    require(element(inputs, names.ids()).elementType() == INT64 || this instanceof GrowingGraph,
        wrongType(inputs.get(names.ids()), "int64"));
    element(outputs, names.logits(), FLOAT32, "float32");
    for (int layer = 0; layer < layers; layer++) {
      for (String past : List.of(names.pastKey(), names.pastValue())) {
        element(inputs, Names.layer(past, layer), FLOAT32, "float32");
      }
      for (String present : List.of(names.presentKey(), names.presentValue())) {
        element(outputs, Names.layer(present, layer), FLOAT32, "float32");
      }
    }
    OnnxValueInfo past = past();
    int rank = names.joined() ? 5 : 4;
    require(past.dimensions().size() == rank && past.dimension(rank - 3) > 0, "its input " + past.name() + " has the shape "
        + past.dimensions() + "; " + (names.joined() ? "[2, " : "[") + "batch, heads, positions, head size] is needed");
  }

  private OnnxValueInfo element(Map<String, OnnxValueInfo> side, String name) {
    OnnxValueInfo info = side.get(name);
    if (info == null) {
      throw refused("it has no " + (side == inputs ? "input " : "output ") + name + "; it has "
          + new TreeSet<>(side.keySet()));
    }
    return info;
  }

  private void element(Map<String, OnnxValueInfo> side, String name, int type, String word) {
    OnnxValueInfo info = element(side, name);
    require(info.elementType() == type, wrongType(info, word));
  }

  private static String wrongType(OnnxValueInfo info, String word) {
    return info.name() + " has elements of ONNX type " + info.elementType() + "; " + word
        + " is needed. Export the model for the CPU";
  }

  final int layers() {
    return layers;
  }

  /// The first layer's keys, or keys and values, that the graph reads.
  final OnnxValueInfo past() {
    return element(inputs, Names.layer(names.pastKey(), 0));
  }

  final int keyValueHeads() {
    return (int) past().dimension(past().dimensions().size() - 3);
  }

  /// Floats a head, if the graph says it.
  abstract int headSize();

  /// Positions that the graph can count and look back over.
  abstract int contextLength(int trained);

  /// Whether it returns its keys and values longer than it got them.
  abstract boolean grows();

  final int vocabularySize() {
    OnnxValueInfo logits = element(outputs, names.logits());
    long size = logits.dimension(2);
    require(size >= 1 && size < 1 << 24, "its output " + names.logits() + " has the shape "
        + logits.dimensions() + "; [batch, positions, vocabulary] with a vocabulary is needed");
    return (int) size;
  }

  /// The distinct bits of its quantised products, ascending; empty if it has none.
  final Set<Long> bits() {
    Set<Long> bits = new TreeSet<>();
    original.nodes().stream().filter(node -> node.isContributed(QUANTIZED_PRODUCT))
        .forEach(node -> bits.add(node.number("bits", 4)));
    return bits;
  }

  final Set<String> dataFiles() {
    return original.dataFiles();
  }

  /// What a kind changes while the graph is written.
  ///
  /// @param constants int64 vectors by name, to be added to
  /// @param nodes     the exporter's, with our names, to be changed
  abstract void adapt(List<OnnxNode> nodes, Map<String, long[]> constants);

  /// What the exporter's names become, beside those of ids and logits.
  abstract Map<String, String> ourNames();

  /// What is fed beside the cache.
  abstract List<OnnxValueInfo> declaredInputs();

  /// Writes the graph as the engine runs it.
  ///
  /// @param accuracyLevel of every quantised product
  /// @param dataFiles     new names of the files that constants lie in
  final void write(Path target, int accuracyLevel, Map<String, String> dataFiles) throws IOException {
    Map<String, long[]> constants = new LinkedHashMap<>();
    List<OnnxNode> nodes = new ArrayList<>();
    for (OnnxNode node : original.nodes()) {
      nodes.add(node.isContributed(QUANTIZED_PRODUCT) ? node.with("accuracy_level", accuracyLevel) : node);
    }
    lastPositionOnly(nodes, constants);
    Map<String, String> ours = new HashMap<>(Map.of(names.ids(), "input_ids", names.logits(), "logits"));
    ours.putAll(ourNames());
    nodes.replaceAll(node -> node.renamed(ours));
    adapt(nodes, constants);
    List<OnnxValueInfo> read = new ArrayList<>(declaredInputs());
    cache("past_key_values.", read);
    List<OnnxValueInfo> written = new ArrayList<>(List.of(
        new OnnxValueInfo("logits", FLOAT32, List.of("batch", 1L, (long) vocabularySize()))));
    cache("present.", written);
    OnnxGraph graph = original.with(nodes, read, written);
    Set<String> missing = graph.missing();
    missing.removeAll(constants.keySet());
    require(missing.isEmpty(), "it also needs " + new TreeSet<>(missing) + ", which the engine does not feed");
    graph.write(target, constants, dataFiles);
  }

  /// Cuts the hidden state before the head where the head is a product, else the logits after it.
  private void lastPositionOnly(List<OnnxNode> nodes, Map<String, long[]> constants) {
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
    return node("Slice", output, input, "penstock.last.start", "penstock.last.end", "penstock.last.axis");
  }

  static OnnxNode node(String operator, String output, String... inputs) {
    return new OnnxNode(operator, "", List.of(inputs), List.of(output), List.of());
  }

  private void cache(String prefix, List<OnnxValueInfo> declared) {
    String positions = !grows() ? "capacity" : prefix.startsWith("past") ? "past" : "total";
    List<Object> shape = List.of("batch", (long) keyValueHeads(), positions, (long) headSize());
    for (int layer = 0; layer < layers; layer++) {
      declared.add(new OnnxValueInfo(prefix + layer + ".key", FLOAT32, shape));
      declared.add(new OnnxValueInfo(prefix + layer + ".value", FLOAT32, shape));
    }
  }

  final void require(boolean holds, String problem) {
    if (!holds) {
      throw refused(problem);
    }
  }

  private ModelImportException refused(String problem) {
    return new ModelImportException(file + " cannot be imported: " + problem + ".");
  }
}
