package dev.penstock.generators.models.onnximport;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.onnximport.ExportedFolder.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A graph that returns its keys and values longer than it got them, as most exporters write it. Its computation stays;
/// names become ours, whole numbers of 32 bits become 64, and a layer's keys and values in one tensor become two.
final class GrowingGraph extends ExportedGraph {

  private static final String MASK = "attention_mask";
  private static final String POSITIONS = "position_ids";
  private static final String EXPORTERS = "exported.";
  private static final String ONE = "penstock.one";
  private static final String ZERO = "penstock.zero";

  /// @throws ModelImportException the graph is none that can be run
  GrowingGraph(Path file, Names names, OnnxGraph original) {
    super(file, names, original);
    String present = Names.layer(names.presentKey(), 0);
    OnnxNode node = producers.get(present);
    require(node != null, present + " is written by no node");
    require(inputs.containsKey(names.mask()), present + " is written by " + (node == null ? "" : node.operator())
        + ", so the cache of keys and values grows at each token, but it has no input " + names.mask());
    wholeNumbers(names.ids());
    wholeNumbers(names.mask());
    if (inputs.containsKey(names.positions())) {
      wholeNumbers(names.positions());
    }
  }

  private void wholeNumbers(String name) {
    int type = type(name);
    require(type == INT64 || type == INT32, name + " has elements of ONNX type " + type + "; int64 or int32 is needed");
  }

  private int type(String name) {
    OnnxValueInfo info = inputs.get(name);
    return info == null ? INT64 : info.elementType();
  }

  @Override
  boolean grows() {
    return true;
  }

  @Override
  int headSize() {
    long size = past().dimension(past().dimensions().size() - 1);
    require(size >= 2 && size % 2 == 0 && size < 1 << 16, "its input " + past().name() + " has the shape "
        + past().dimensions() + "; a head size at the end, an even number, is needed");
    return (int) size;
  }

  @Override
  int contextLength(int trained) {
    return trained;
  }

  @Override
  void adapt(List<OnnxNode> nodes, Map<String, long[]> constants) {
    List<OnnxNode> before = new ArrayList<>();
    for (Map.Entry<String, String> fed : fed().entrySet()) {
      if (type(fed.getKey()) == INT32) {
        before.add(node("Cast", EXPORTERS + fed.getValue(), fed.getValue()).with("to", INT32));
      }
    }
    if (names.joined()) {
      constants.put(ONE, new long[] {1});
      constants.put(ZERO, new long[] {0});
      before.add(node("Squeeze", "penstock.first", ZERO));
      before.add(node("Squeeze", "penstock.second", ONE));
      for (int layer = 0; layer < layers(); layer++) {
        join(layer, before);
        nodes.add(node("Gather", "present." + layer + ".key", EXPORTERS + "present." + layer, "penstock.first"));
        nodes.add(node("Gather", "present." + layer + ".value", EXPORTERS + "present." + layer, "penstock.second"));
      }
    }
    nodes.addAll(0, before);
  }

  /// One tensor `[2, batch, heads, positions, headSize]` of keys and values.
  private static void join(int layer, List<OnnxNode> nodes) {
    String key = "past_key_values." + layer + ".key";
    String value = "past_key_values." + layer + ".value";
    String shape = "penstock.past." + layer + ".shape";
    nodes.add(node("Shape", shape, key));
    nodes.add(node("Concat", shape + ".one", ONE, shape).with("axis", 0));
    nodes.add(node("Expand", "penstock.past." + layer + ".key", key, shape + ".one"));
    nodes.add(node("Expand", "penstock.past." + layer + ".value", value, shape + ".one"));
    nodes.add(node("Concat", EXPORTERS + "past." + layer, "penstock.past." + layer + ".key",
        "penstock.past." + layer + ".value").with("axis", 0));
  }

  /// Whole numbers that the engine feeds: the exporter's name to ours.
  private Map<String, String> fed() {
    return Map.of(names.ids(), "input_ids", names.mask(), MASK, names.positions(), POSITIONS);
  }

  @Override
  Map<String, String> ourNames() {
    Map<String, String> ours = new HashMap<>();
    fed().forEach((theirs, our) -> ours.put(theirs, type(theirs) == INT32 ? EXPORTERS + our : our));
    for (int layer = 0; layer < layers(); layer++) {
      if (names.joined()) {
        ours.put(Names.layer(names.pastKey(), layer), EXPORTERS + "past." + layer);
        ours.put(Names.layer(names.presentKey(), layer), EXPORTERS + "present." + layer);
      } else {
        ours.put(Names.layer(names.pastKey(), layer), "past_key_values." + layer + ".key");
        ours.put(Names.layer(names.pastValue(), layer), "past_key_values." + layer + ".value");
        ours.put(Names.layer(names.presentKey(), layer), "present." + layer + ".key");
        ours.put(Names.layer(names.presentValue(), layer), "present." + layer + ".value");
      }
    }
    return ours;
  }

  @Override
  List<OnnxValueInfo> declaredInputs() {
    List<OnnxValueInfo> declared = new ArrayList<>(List.of(
        new OnnxValueInfo("input_ids", INT64, List.of("batch", "sequence")),
        new OnnxValueInfo(MASK, INT64, List.of("batch", "total"))));
    if (inputs.containsKey(names.positions())) {
      declared.add(new OnnxValueInfo(POSITIONS, INT64, List.of("batch", "sequence")));
    }
    return declared;
  }
}
