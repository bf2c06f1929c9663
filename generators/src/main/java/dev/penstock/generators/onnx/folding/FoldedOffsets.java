package dev.penstock.generators.onnx.folding;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.onnx.PackedForm;
import dev.penstock.generators.onnx.PackedGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Graphs whose products carry the offsets of their blocks in the kernel's own sums: three nodes less a product, and no
/// offsets to be read beside the weights. The weights are the graph's; what differs is that an offset meets the sum of the
/// input's block after rounding to 8 bits, as the codes do, and not before.
public final class FoldedOffsets implements PackedForm {

  @Override
  public String word() {
    return "folded";
  }

  @Override
  public Optional<Change> of(Path graph) throws IOException {
    OnnxGraph shipped;
    try {
      shipped = OnnxGraph.read(graph);
    } catch (IllegalArgumentException e) {
      // Whoever loads it says what is wrong with it.
      return Optional.empty();
    }
    List<OffsetProduct> products = OffsetProduct.in(shipped);
    Path folder = Objects.requireNonNull(graph.toAbsolutePath().getParent());
    return products.isEmpty() ? Optional.empty() : Optional.of(new Folding(shipped, folder, products));
  }

  private record Folding(OnnxGraph shipped, Path folder, List<OffsetProduct> products) implements Change {

    @Override
    public byte[] graph() {
      Map<OnnxNode, OffsetProduct> bySum = products.stream().collect(Collectors.toMap(OffsetProduct::sum, Function.identity()));
      List<OnnxNode> nodes = shipped.nodes().stream()
          .map(node -> bySum.containsKey(node) ? bySum.get(node).folded() : node).toList();
      return shipped.with(nodes, shipped.inputs(), shipped.outputs()).toBytes();
    }

    @Override
    public Optional<String> apply(PackedGraph packed) throws IOException {
      OnnxGraph graph = OnnxGraph.read(packed.file());
      Optional<String> unlike = new PackedPieces(graph, packed).fold(products, shipped, folder);
      return unlike.isPresent() ? unlike : new ProductCheck(shipped, folder, products).difference(graph, packed);
    }
  }
}
