package dev.penstock.generators.models.onnximport;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxTensorInfo;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.onnximport.ExportedFolder.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A graph that writes its keys and values in place (GroupQueryAttention). Every row's length becomes an input of its own
/// instead of an attention mask.
///
/// The exporters of onnxruntime-genai and Transformers.js compute `seqlens_k` and `total_sequence_length` of
/// GroupQueryAttention from the mask; here the attention nodes read them from inputs, and what computed them is left
/// out. Positions, where a graph wants them, are counted from `seqlens_k`.
final class InPlaceGraph extends ExportedGraph {

  private static final String SEQLENS = "seqlens_k";
  private static final String TOTAL = "total_sequence_length";

  /// @throws ModelImportException the graph is none that can be run in place
  InPlaceGraph(Path file, Names names, OnnxGraph original) {
    super(file, names, original);
    for (int layer = 0; layer < layers(); layer++) {
      String present = Names.layer(names.presentKey(), layer);
      OnnxNode node = producers.get(present);
      boolean inPlace = node != null && node.isContributed("GroupQueryAttention")
          && node.inputs().get(3).equals(Names.layer(names.pastKey(), layer))
          && node.inputs().get(4).equals(Names.layer(names.pastValue(), layer));
      require(inPlace, present + " is written by " + (node == null ? "no node" : node.operator())
          + ", but that of other layers in place, by GroupQueryAttention");
    }
  }

  @Override
  boolean grows() {
    return false;
  }

  @Override
  int headSize() {
    long size = past().dimension(3);
    if (size < 1) {
      OnnxTensorInfo cosines = cosines(0);
      size = cosines == null || cosines.shape().size() != 2 ? -1 : 2 * cosines.shape().get(1);
    }
    require(size >= 16 && size % 16 == 0 && size < 1 << 16, "its head size is " + (size < 1 ? "not to be seen" : size)
        + "; a multiple of 16 is needed");
    return (int) size;
  }

  @Override
  int contextLength(int trained) {
    long context = trained;
    for (int layer = 0; layer < layers(); layer++) {
      long window = attention(layer).number("local_window_size", -1);
      context = window > 0 ? Math.min(context, window) : context;
      OnnxTensorInfo cosines = cosines(layer);
      context = cosines == null || cosines.shape().isEmpty() ? context : Math.min(context, cosines.shape().getFirst());
    }
    require(context >= 1, "its tables of positions are empty");
    return (int) context;
  }

  private OnnxNode attention(int layer) {
    return producers.get(Names.layer(names.presentKey(), layer));
  }

  private @Nullable OnnxTensorInfo cosines(int layer) {
    List<String> read = attention(layer).inputs();
    return read.size() > 7 ? original.initializers().get(read.get(7)) : null;
  }

  @Override
  void adapt(List<OnnxNode> nodes, Map<String, long[]> constants) {
    nodes.replaceAll(node -> node.isContributed("GroupQueryAttention") ? withLengths(node) : node);
    if (inputs.containsKey(names.positions())) {
      nodes.addAll(0, positions(constants));
    }
  }

  private static OnnxNode withLengths(OnnxNode attention) {
    List<String> changed = new ArrayList<>(attention.inputs());
    changed.set(5, SEQLENS);
    changed.set(6, TOTAL);
    return attention.withInputs(changed);
  }

  /// `position_ids` int64 `[b, s]`: `seqlens_k + 1 - s + 0..s-1`.
  private static List<OnnxNode> positions(Map<String, long[]> constants) {
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

  @Override
  Map<String, String> ourNames() {
    Map<String, String> ours = new HashMap<>(Map.of(names.positions(), "position_ids"));
    for (int layer = 0; layer < layers(); layer++) {
      ours.put(Names.layer(names.pastKey(), layer), "past_key_values." + layer + ".key");
      ours.put(Names.layer(names.pastValue(), layer), "past_key_values." + layer + ".value");
      ours.put(Names.layer(names.presentKey(), layer), "present." + layer + ".key");
      ours.put(Names.layer(names.presentValue(), layer), "present." + layer + ".value");
    }
    return ours;
  }

  @Override
  List<OnnxValueInfo> declaredInputs() {
    return List.of(
        new OnnxValueInfo("input_ids", INT64, List.of("batch", "sequence")),
        new OnnxValueInfo(SEQLENS, INT32, List.of("batch")),
        new OnnxValueInfo(TOTAL, INT32, List.of()));
  }
}
