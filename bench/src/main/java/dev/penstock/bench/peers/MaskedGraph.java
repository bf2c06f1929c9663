package dev.penstock.bench.peers;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Our graph as other programs feed one: `attention_mask` int64 `[batch, total]` instead of every row's length. The
/// lengths are computed from it, as the graphs of onnxruntime-genai and Transformers.js do; all other nodes, and the
/// weights, are the same.
final class MaskedGraph {

  private static final String MASK = "attention_mask";
  private static final int INT32 = 6;
  private static final int INT64 = 7;

  private MaskedGraph() {}

  /// @param graph keeps the contract of [dev.penstock.generators.models.LanguageModelSection]
  /// @param target a file that does not exist yet; the weights' files are copied beside it
  static void write(Path graph, Path target) throws IOException {
    OnnxGraph original = OnnxGraph.read(graph);
    List<OnnxNode> nodes = new ArrayList<>(lengths());
    nodes.addAll(original.nodes());
    List<OnnxValueInfo> inputs = new ArrayList<>();
    for (OnnxValueInfo input : original.inputs()) {
      switch (input.name()) {
        case "seqlens_k" -> inputs.add(new OnnxValueInfo(MASK, INT64, List.of("batch_size", "total_sequence_length")));
        case "total_sequence_length" -> {}
        default -> inputs.add(named(input, "past_sequence_length"));
      }
    }
    List<OnnxValueInfo> outputs =
        original.outputs().stream().map(output -> named(output, "total_sequence_length")).toList();
    original.with(nodes, inputs, outputs)
        .write(target, Map.of("mask.axis", new long[] {1}, "mask.one", new long[] {1}), Map.of());
    for (String file : original.dataFiles())
      Files.copy(graph.resolveSibling(file), target.resolveSibling(file));
  }

  /// `seqlens_k`, one less than the ones in each row of the mask, and `total_sequence_length`, how wide it is.
  private static List<OnnxNode> lengths() {
    return List.of(
        node("ReduceSum", "mask.sum", MASK, "mask.axis").with("keepdims", 0),
        node("Sub", "mask.last", "mask.sum", "mask.one"),
        node("Cast", "seqlens_k", "mask.last").with("to", INT32),
        node("Shape", "mask.shape", MASK),
        node("Gather", "mask.width", "mask.shape", "mask.one"),
        node("Squeeze", "mask.total", "mask.width"),
        node("Cast", "total_sequence_length", "mask.total").with("to", INT32));
  }

  private static OnnxNode node(String operator, String output, String... inputs) {
    return new OnnxNode(operator, "", List.of(inputs), List.of(output), List.of());
  }

  /// transformers.js knows the sizes of the first, empty cache by these names.
  private static OnnxValueInfo named(OnnxValueInfo info, String capacity) {
    List<Object> dimensions =
        info.dimensions().stream()
            .map(size -> size.equals("batch") ? "batch_size" : size.equals("capacity") ? capacity : size)
            .toList();
    return new OnnxValueInfo(info.name(), info.elementType(), dimensions);
  }
}
