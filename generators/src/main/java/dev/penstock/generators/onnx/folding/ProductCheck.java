package dev.penstock.generators.onnx.folding;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.onnx.PackedGraph;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Whether folded products compute on this processor what the graph's own nodes do: all of them, with their own weights and
/// the kernels that answers will use, for one row and for [#ROWS] at once.
///
/// They may differ by the [Tolerance]. A row of the second run has values in every 16th block only, which leaves a wrong
/// offset no room to hide in that.
final class ProductCheck {

  private static final int ROWS = 16;
  private static final int FLOAT32 = 1;

  private final OnnxGraph shipped;
  private final Path folder;
  private final List<OffsetProduct> products;

  ProductCheck(OnnxGraph shipped, Path folder, List<OffsetProduct> products) {
    this.shipped = shipped;
    this.folder = folder;
    this.products = products;
  }

  /// @param graph what the runtime made of the graph without offsets
  /// @return where the two differ by more than rounding, as the end of a sentence
  Optional<String> difference(OnnxGraph graph, PackedGraph packed) throws IOException {
    Map<String, OnnxNode> producers = graph.producers();
    byte[] own = part(shipped, OffsetProduct::nodes);
    byte[] folded = part(graph, product -> List.of(producers.get(product.output())));
    try (OnnxSession exact = packed.openUnpacked("the graph's products", own);
        OnnxSession quick = packed.openPacked("the folded products", folded)) {
      for (ProbeInput probe : List.of(ProbeInput.dense(), ProbeInput.sparse(ROWS))) {
        Optional<String> difference = difference(probe, exact, quick);
        if (difference.isPresent()) return difference;
      }
    }
    return Optional.empty();
  }

  /// The products alone; those of one width have one input.
  private byte[] part(OnnxGraph graph, Function<OffsetProduct, List<OnnxNode>> nodes) {
    Set<OnnxNode> kept = new LinkedHashSet<>();
    Map<String, OnnxValueInfo> inputs = new LinkedHashMap<>();
    for (OffsetProduct product : products) {
      Map<String, String> names = Map.of(product.input(), input(product));
      nodes.apply(product).forEach(node -> kept.add(node.renamed(names)));
      inputs.put(input(product), new OnnxValueInfo(input(product), FLOAT32, List.of(1L, "rows", (long) product.columns())));
    }
    List<OnnxValueInfo> outputs = products.stream().map(product ->
        new OnnxValueInfo(product.output(), FLOAT32, List.of(1L, "rows", (long) product.rows()))).toList();
    return graph.with(List.copyOf(kept), List.copyOf(inputs.values()), outputs).toBytes();
  }

  private static String input(OffsetProduct product) {
    return "input." + product.columns();
  }

  private Optional<String> difference(ProbeInput probe, OnnxSession exact, OnnxSession quick) throws IOException {
    Map<String, OnnxValue> inputs = new HashMap<>();
    for (OffsetProduct product : products)
      inputs.computeIfAbsent(input(product), name -> probe.values(product));
    try {
      Map<String, OnnxValue> expected = exact.run(inputs);
      Map<String, OnnxValue> found = quick.run(inputs);
      for (OffsetProduct product : products) {
        String name = product.output();
        Optional<String> difference = difference(product, probe,
            Objects.requireNonNull(expected.get(name)).floats(), Objects.requireNonNull(found.get(name)).floats());
        if (difference.isPresent()) return difference;
      }
      return Optional.empty();
    } finally {
      inputs.values().forEach(OnnxValue::close);
    }
  }

  private Optional<String> difference(OffsetProduct product, ProbeInput probe, FloatBuffer expected, FloatBuffer found)
      throws IOException {
    Tolerance tolerance = tolerance(product);
    int outputs = product.rows();
    for (int row = 0; row < probe.rows(); row++)
      for (int output = 0; output < outputs; output++) {
        float wanted = expected.get(row * outputs + output);
        float computed = found.get(row * outputs + output);
        float allowed = tolerance.of(probe, row, output);
        if (!(Math.abs(wanted - computed) <= allowed))
          return Optional.of(product.codes() + " computes " + computed + " and not " + wanted + " for row " + row
              + ", column " + output + ", where " + allowed + " may lie between them");
      }
    return Optional.empty();
  }

  private Tolerance tolerance(OffsetProduct product) throws IOException {
    return new Tolerance(product.size(), product.blocks(), product.zeroPoint(),
        Objects.requireNonNull(shipped.initializers().get(product.scales())).floats(folder),
        Objects.requireNonNull(shipped.initializers().get(product.offsets())).floats(folder));
  }
}
