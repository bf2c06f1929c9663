package dev.penstock.generators.onnx.folding;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxTensorInfo;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A product with blocks that are not symmetric, as importers write it:
/// `sum = MatMulNBits(input, codes, scales) + size * AveragePool(input) * offsetsᵀ`, where
/// a weight is `scale * (code - zero point) + offset`.
///
/// @param product  around the zero point; its input is float32 `[b, s, columns]`
/// @param means    of the input's blocks
/// @param offset   what the offsets add
/// @param sum      of both
record OffsetProduct(OnnxNode product, OnnxNode means, OnnxNode offset, OnnxNode sum) {

  /// Rounds its input to 8 bits, a scale a block: what [BlockSums] and [ProductCheck] are about.
  private static final long INT8_INPUT = 4;

  /// Those of a graph that stand alone: nothing else uses their parts, no other product their codes.
  static List<OffsetProduct> in(OnnxGraph graph) {
    Map<String, OnnxNode> producers = graph.producers();
    Map<String, Integer> uses = new HashMap<>();
    Stream.concat(graph.nodes().stream().flatMap(node -> node.inputs().stream()),
        graph.outputs().stream().map(OnnxValueInfo::name)).forEach(name -> uses.merge(name, 1, Integer::sum));
    return graph.nodes().stream().filter(node -> node.operator().equals("Add") && node.domain().isEmpty())
        .flatMap(sum -> of(sum, producers).stream())
        .filter(one -> one.standsAlone(uses) && one.hasShapes(graph.initializers()))
        .toList();
  }

  private static Optional<OffsetProduct> of(OnnxNode sum, Map<String, OnnxNode> producers) {
    if (!(producers.get(sum.inputs().getFirst()) instanceof OnnxNode product)
        || !(producers.get(sum.inputs().getLast()) instanceof OnnxNode offset)
        || !(producers.get(offset.inputs().getFirst()) instanceof OnnxNode means)) return Optional.empty();
    OffsetProduct found = new OffsetProduct(product, means, offset, sum);
    return found.isProduct() && found.isOffset() ? Optional.of(found) : Optional.empty();
  }

  private boolean isProduct() {
    return product.isContributed("MatMulNBits") && product.inputs().size() == 3
        && product.number("accuracy_level", 0) == INT8_INPUT && columns() % size() == 0;
  }

  private boolean isOffset() {
    List<Long> block = List.of((long) size());
    return offset.isContributed("FusedMatMul") && offset.number("transB", 0) == 1 && offset.number("transA", 0) == 0
        && offset.number("transBatchA", 0) == 0 && offset.number("transBatchB", 0) == 0
        && offset.real("alpha", 1) == size()
        && means.operator().equals("AveragePool") && means.domain().isEmpty()
        && means.numbers("kernel_shape").equals(block) && means.numbers("strides").equals(block)
        && means.numbers("pads").stream().allMatch(pad -> pad == 0)
        && means.inputs().getFirst().equals(product.inputs().getFirst());
  }

  private boolean standsAlone(Map<String, Integer> uses) {
    return Stream.of(product.outputs().getFirst(), offset.outputs().getFirst(), codes())
        .allMatch(name -> uses.getOrDefault(name, 0) == 1);
  }

  private boolean hasShapes(Map<String, OnnxTensorInfo> initializers) {
    List<Long> blocks = List.of((long) rows(), (long) blocks());
    return initializers.containsKey(codes())
        && Stream.of(scales(), offsets()).allMatch(name ->
            initializers.get(name) instanceof OnnxTensorInfo tensor && tensor.shape().equals(blocks));
  }

  /// The one node that is left of it when the offsets are folded in.
  OnnxNode folded() {
    return new OnnxNode(product.operator(), product.domain(), product.inputs(), sum.outputs(), product.attributes());
  }

  List<OnnxNode> nodes() {
    return List.of(product, means, offset, sum);
  }

  String input() {
    return product.inputs().getFirst();
  }

  String codes() {
    return product.inputs().get(1);
  }

  String scales() {
    return product.inputs().get(2);
  }

  String offsets() {
    return offset.inputs().getLast();
  }

  String output() {
    return sum.outputs().getFirst();
  }

  int rows() {
    return (int) product.number("N", 0);
  }

  int columns() {
    return (int) product.number("K", 0);
  }

  /// Elements of a block.
  int size() {
    return (int) product.number("block_size", 0);
  }

  private int bits() {
    return (int) product.number("bits", 4);
  }

  /// Blocks of a row.
  int blocks() {
    return columns() / size();
  }

  /// The code whose weight is the offset alone.
  int zeroPoint() {
    return 1 << bits() - 1;
  }

  BlockSums sums() {
    return new BlockSums(rows(), blocks(), size() * bits() / Byte.SIZE, zeroPoint());
  }
}
