package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.onnxfile.Attribute;
import dev.penstock.generators.models.onnxfile.Domain;
import dev.penstock.generators.models.onnxfile.OnnxFileWriter;
import dev.penstock.generators.models.onnxfile.TensorBytes;
import dev.penstock.generators.models.onnxfile.TensorType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes linear layers, embedding and norms of one graph in one [WeightForm].
final class GraphLayers {

  private static final int BLOCK = GgufTensor.BLOCK;
  private final OnnxFileWriter graph;
  private final WeightForm form;
  private final Activations activations;
  private final Set<String> summed = new HashSet<>();

  GraphLayers(OnnxFileWriter graph, WeightForm form, Activations activations) {
    this.graph = graph;
    this.form = form;
    this.activations = activations;
  }

  /// What a product with quantised weights makes of its input (`accuracy_level` of MatMulNBits).
  enum Activations {
    /// Rounds each block of 32 to 8 bits: 10 to 20 times faster on a CPU.
    INT8(4),
    /// Takes it as it is: as exact as the weights.
    FLOAT32(1);

    private final int accuracyLevel;

    Activations(int accuracyLevel) {
      this.accuracyLevel = accuracyLevel;
    }
  }

  /// `output = input * weightᵀ`; input float32 `[b, s, columns]`, output `[b, s, rows]`.
  void linear(String input, GgufTensor weight, RowOrder order, String output) throws IOException {
    var rows = new TensorRows(weight, order);
    switch (encoding(weight)) {
      case FLOATS -> {
        graph.initializer(weight.name(), TensorType.FLOAT32, shape(weight), rows.floats());
        floatProduct(input, weight.name(), output);
      }
      case NIBBLES -> nibbles(input, rows, output);
      case NIBBLES_WITH_SUMS -> nibblesWithSums(input, rows, output);
      case STORED_BYTES -> {
        add8Bit(weight, rows.storedBytes(), rows.storedScales());
        product(8, input, weight, output);
      }
      case ROUNDED_BYTES -> {
        add8Bit(weight, rows.roundedBytes(), rows.roundedScales());
        product(8, input, weight, output);
      }
    }
  }

  /// `output = embedding[ids]`; ids int64 `[b, s]`, output float32 `[b, s, columns]`. A quantised form keeps the
  /// embedding in 8-bit blocks, so that a tied head can share them.
  void embed(String ids, GgufTensor embedding, String output) throws IOException {
    var rows = new TensorRows(embedding, RowOrder.UNCHANGED);
    if (!inBlocks(embedding)) {
      graph.initializer(embedding.name(), TensorType.FLOAT32, shape(embedding), rows.floats());
      graph.node(Domain.ONNX, "Gather", List.of(embedding.name(), ids), List.of(output));
      return;
    }
    boolean stored = embedding.type() == GgufTensorType.Q8_0;
    add8Bit(embedding, stored ? rows.storedBytes() : rows.roundedBytes(),
        stored ? rows.storedScales() : rows.roundedScales());
    graph.sharedInitializer(embedding.name() + ".rows", shape(embedding), quantized(embedding));
    graph.node(Domain.MICROSOFT, "GatherBlockQuantized",
        List.of(embedding.name() + ".rows", ids, scales(embedding)), List.of(output),
        Attribute.of("bits", 8), Attribute.of("block_size", BLOCK),
        Attribute.of("gather_axis", 0), Attribute.of("quantize_axis", 1));
  }

  /// The head of a model that ties it to the embedding written before; takes no further space.
  void tiedHead(String input, GgufTensor embedding, String output) {
    if (inBlocks(embedding)) {
      product(8, input, embedding, output);
    } else {
      floatProduct(input, embedding.name(), output);
    }
  }

  /// A norm's weights as float32 `[columns]`; returns their name.
  String norm(GgufTensor weight) throws IOException {
    graph.initializer(weight.name(), TensorType.FLOAT32, new long[] {weight.columns()},
        new TensorRows(weight, RowOrder.UNCHANGED).floats());
    return weight.name();
  }

  private enum Encoding { FLOATS, NIBBLES, NIBBLES_WITH_SUMS, STORED_BYTES, ROUNDED_BYTES }

  private Encoding encoding(GgufTensor weight) {
    if (!inBlocks(weight)) {
      return Encoding.FLOATS;
    }
    boolean exact4Bit = form == WeightForm.Q4SUM;
    return switch (weight.type()) {
      case Q8_0 -> Encoding.STORED_BYTES;
      case Q4_0 -> exact4Bit ? Encoding.NIBBLES : Encoding.ROUNDED_BYTES;
      case Q4_1 -> exact4Bit ? Encoding.NIBBLES_WITH_SUMS : Encoding.ROUNDED_BYTES;
      case F32, F16, BF16 -> Encoding.ROUNDED_BYTES;
    };
  }

  /// Whether the form writes this tensor in blocks; rows that are no whole number of blocks stay floats.
  private boolean inBlocks(GgufTensor tensor) {
    return form != WeightForm.FLOAT32 && tensor.columns() % BLOCK == 0;
  }

  private void nibbles(String input, TensorRows rows, String output) throws IOException {
    GgufTensor weight = rows.tensor();
    long[] packed = {weight.rows(), weight.columns() / BLOCK, BLOCK / 2};
    graph.initializer(quantized(weight), TensorType.UINT8, packed, rows.nibbles());
    graph.initializer(scales(weight), TensorType.FLOAT32, blocks(weight), rows.storedScales());
    product(4, input, weight, output);
  }

  private void nibblesWithSums(String input, TensorRows rows, String output) throws IOException {
    GgufTensor weight = rows.tensor();
    String symmetric = output + ".symmetric";
    String offset = output + ".offset";
    nibbles(input, rows, symmetric);
    graph.initializer(weight.name() + ".sums", TensorType.FLOAT32, blocks(weight), rows.blockSumWeights());
    floatProduct(blockSums(input, weight.columns()), weight.name() + ".sums", offset);
    graph.node(Domain.ONNX, "Add", List.of(symmetric, offset), List.of(output));
  }

  /// Name of `[b, s, columns / 32]`: the sums of the input's blocks; layers with the same input share it.
  private String blockSums(String input, int columns) throws IOException {
    String sums = input + ".sums";
    if (summed.add(sums)) {
      String shape = "blocks." + columns;
      if (summed.add(shape)) {
        graph.initializer(shape, TensorType.INT64, new long[] {4}, TensorBytes.of(0L, 0L, columns / BLOCK, BLOCK));
      }
      if (summed.add("last")) {
        graph.initializer("last", TensorType.INT64, new long[] {1}, TensorBytes.of(3L));
      }
      graph.node(Domain.ONNX, "Reshape", List.of(input, shape), List.of(input + ".blocks"));
      graph.node(Domain.ONNX, "ReduceSum", List.of(input + ".blocks", "last"), List.of(sums),
          Attribute.of("keepdims", 0));
    }
    return sums;
  }

  private void add8Bit(GgufTensor weight, TensorBytes quantized, TensorBytes scales) throws IOException {
    long[] packed = {weight.rows(), weight.columns() / BLOCK, BLOCK};
    graph.initializer(quantized(weight), TensorType.UINT8, packed, quantized);
    graph.initializer(scales(weight), TensorType.FLOAT32, blocks(weight), scales);
  }

  private void product(int bits, String input, GgufTensor weight, String output) {
    graph.node(Domain.MICROSOFT, "MatMulNBits", List.of(input, quantized(weight), scales(weight)), List.of(output),
        Attribute.of("K", weight.columns()), Attribute.of("N", weight.rows()), Attribute.of("bits", bits),
        Attribute.of("block_size", BLOCK), Attribute.of("accuracy_level", activations.accuracyLevel));
  }

  private void floatProduct(String input, String weight, String output) {
    graph.node(Domain.MICROSOFT, "FusedMatMul", List.of(input, weight), List.of(output), Attribute.of("transB", 1));
  }

  private static String quantized(GgufTensor weight) {
    return weight.name() + ".quantized";
  }

  private static String scales(GgufTensor weight) {
    return weight.name() + ".scales";
  }

  private static long[] shape(GgufTensor weight) {
    return new long[] {weight.rows(), weight.columns()};
  }

  private static long[] blocks(GgufTensor weight) {
    return new long[] {weight.rows(), weight.columns() / BLOCK};
  }
}
