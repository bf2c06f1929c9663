package dev.penstock.generators.models.transformer;

import dev.penstock.generators.models.onnxfile.Attribute;
import dev.penstock.generators.models.onnxfile.Domain;
import dev.penstock.generators.models.onnxfile.OnnxFileWriter;
import dev.penstock.generators.models.onnxfile.TensorBytes;
import dev.penstock.generators.models.onnxfile.TensorType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes linear layers, embedding and norms of one graph in one [WeightForm].
final class GraphLayers {

  private final OnnxFileWriter graph;
  private final WeightForm form;
  private final Activations activations;
  private final Set<String> added = new HashSet<>();

  GraphLayers(OnnxFileWriter graph, WeightForm form, Activations activations) {
    this.graph = graph;
    this.form = form;
    this.activations = activations;
  }

  /// How a matrix lies in the graph.
  private sealed interface Written {
    /// float32 as it is.
    record Floats() implements Written {}

    /// The file's own blocks.
    record Stored(BlockedMatrix matrix) implements Written {}

    /// Rounded to [BlockFormat#ROUNDED].
    record Rounded() implements Written {}
  }

  private Written written(WeightMatrix weight) {
    boolean wholeBlocks = weight.columns() % BlockFormat.ROUNDED.size() == 0;
    return switch (form) {
      case FLOAT32 -> new Written.Floats();
      case Q4SUM -> weight instanceof BlockedMatrix blocked ? new Written.Stored(blocked) : new Written.Floats();
      case Q8 -> weight instanceof BlockedMatrix blocked && isSymmetric8Bit(blocked.format())
          ? new Written.Stored(blocked) : wholeBlocks ? new Written.Rounded() : new Written.Floats();
    };
  }

  private static boolean isSymmetric8Bit(BlockFormat format) {
    return format.bits() == 8 && !format.hasOffsets();
  }

  /// `output = input * weightᵀ`; input float32 `[b, s, columns]`, output `[b, s, rows]`.
  void linear(String input, WeightMatrix weight, RowOrder order, String output) throws IOException {
    add(weight, order);
    product(input, weight, output);
  }

  /// `output = input * weightᵀ + bias`, where both have their rows in the same order.
  void linear(String input, WeightMatrix weight, Optional<WeightMatrix> bias, RowOrder order, String output)
      throws IOException {
    if (bias.isEmpty()) {
      linear(input, weight, order, output);
      return;
    }
    linear(input, weight, order, output + ".unbiased");
    graph.node(Domain.ONNX, "Add", List.of(output + ".unbiased", bias(bias.get(), order)), List.of(output));
  }

  /// A bias as float32 `[columns]` in the order of its layer's rows; returns its name.
  String bias(WeightMatrix bias, RowOrder order) throws IOException {
    graph.initializer(bias.name(), TensorType.FLOAT32, new long[] {bias.columns()},
        new TensorRows(bias, order).reorderedVector());
    return bias.name();
  }

  /// `output = embedding[ids]`; ids int64 `[b, s]`, output float32 `[b, s, columns]`. The matrix lies in the graph as a
  /// linear layer's does, so that a tied head can share it.
  void embed(String ids, WeightMatrix embedding, String output) throws IOException {
    add(embedding, RowOrder.UNCHANGED);
    switch (written(embedding)) {
      case Written.Floats floats ->
          graph.node(Domain.ONNX, "Gather", List.of(embedding.name(), ids), List.of(output));
      case Written.Rounded rounded -> gather(ids, embedding, BlockFormat.ROUNDED, output);
      case Written.Stored(BlockedMatrix matrix) -> gatherStored(ids, matrix, output);
    }
  }

  private void gatherStored(String ids, BlockedMatrix embedding, String output) throws IOException {
    if (!embedding.format().hasOffsets()) {
      gather(ids, embedding, embedding.format(), output);
      return;
    }
    int size = embedding.format().size();
    gather(ids, embedding, embedding.format(), output + ".symmetric");
    graph.node(Domain.ONNX, "Reshape",
        List.of(output + ".symmetric", shape(0, 0, embedding.columns() / size, size)), List.of(output + ".blocks"));
    graph.node(Domain.ONNX, "Gather", List.of(offsets(embedding), ids), List.of(output + ".blockOffsets"));
    graph.node(Domain.ONNX, "Unsqueeze", List.of(output + ".blockOffsets", shape(3)), List.of(output + ".offsets"));
    graph.node(Domain.ONNX, "Add", List.of(output + ".blocks", output + ".offsets"), List.of(output + ".sum"));
    graph.node(Domain.ONNX, "Reshape", List.of(output + ".sum", shape(0, 0, embedding.columns())), List.of(output));
  }

  private void gather(String ids, WeightMatrix embedding, BlockFormat format, String output) {
    long[] rows = {embedding.rows(), (long) embedding.columns() * format.bits() / Byte.SIZE};
    graph.sharedInitializer(embedding.name() + ".rows", rows, quantized(embedding));
    graph.node(Domain.MICROSOFT, "GatherBlockQuantized",
        List.of(embedding.name() + ".rows", ids, scales(embedding)), List.of(output),
        Attribute.of("bits", format.bits()), Attribute.of("block_size", format.size()),
        Attribute.of("gather_axis", 0), Attribute.of("quantize_axis", 1));
  }

  /// The head of a model that ties it to the embedding written before; takes no further space.
  void tiedHead(String input, WeightMatrix embedding, String output) throws IOException {
    product(input, embedding, output);
  }

  /// A norm's weights as float32 `[columns]`; returns their name.
  String norm(WeightMatrix weight) throws IOException {
    graph.initializer(weight.name(), TensorType.FLOAT32, new long[] {weight.columns()},
        new TensorRows(weight, RowOrder.UNCHANGED).floats());
    return weight.name();
  }

  /// Name of an int64 vector; written once.
  String shape(long... dimensions) throws IOException {
    var name = new StringBuilder("shape");
    for (long dimension : dimensions) {
      name.append('.').append(dimension);
    }
    if (added.add(name.toString())) {
      graph.initializer(name.toString(), TensorType.INT64, new long[] {dimensions.length}, TensorBytes.of(dimensions));
    }
    return name.toString();
  }

  private void add(WeightMatrix weight, RowOrder order) throws IOException {
    var rows = new TensorRows(weight, order);
    switch (written(weight)) {
      case Written.Floats floats ->
          graph.initializer(weight.name(), TensorType.FLOAT32, new long[] {weight.rows(), weight.columns()}, rows.floats());
      case Written.Rounded rounded -> {
        graph.initializer(quantized(weight), TensorType.UINT8, codes(weight, BlockFormat.ROUNDED), rows.roundedCodes());
        graph.initializer(scales(weight), TensorType.FLOAT32, blocks(weight, BlockFormat.ROUNDED), rows.roundedScales());
      }
      case Written.Stored(BlockedMatrix matrix) -> {
        BlockFormat format = matrix.format();
        graph.initializer(quantized(weight), TensorType.UINT8, codes(weight, format), rows.codes(matrix));
        graph.initializer(scales(weight), TensorType.FLOAT32, blocks(weight, format), rows.scales(matrix));
        if (format.hasOffsets()) {
          graph.initializer(offsets(weight), TensorType.FLOAT32, blocks(weight, format), rows.offsets(matrix));
        }
      }
    }
  }

  private void product(String input, WeightMatrix weight, String output) throws IOException {
    switch (written(weight)) {
      case Written.Floats floats -> floatProduct(input, weight.name(), output);
      case Written.Rounded rounded -> blockProduct(input, weight, BlockFormat.ROUNDED, output);
      case Written.Stored(BlockedMatrix matrix) -> storedProduct(input, matrix, output);
    }
  }

  private void storedProduct(String input, BlockedMatrix weight, String output) throws IOException {
    BlockFormat format = weight.format();
    if (!format.hasOffsets()) {
      blockProduct(input, weight, format, output);
      return;
    }
    blockProduct(input, weight, format, output + ".symmetric");
    graph.node(Domain.MICROSOFT, "FusedMatMul", List.of(blockMeans(input, format.size()), offsets(weight)),
        List.of(output + ".offset"), Attribute.of("transB", 1), Attribute.of("alpha", (float) format.size()));
    graph.node(Domain.ONNX, "Add", List.of(output + ".symmetric", output + ".offset"), List.of(output));
  }

  /// Name of `[b, s, columns / size]`: the means of the input's blocks; layers with the same input share it. A pool is one
  /// small operator where summing is two.
  private String blockMeans(String input, int size) {
    String means = input + ".means." + size;
    if (added.add(means)) {
      graph.node(Domain.ONNX, "AveragePool", List.of(input), List.of(means),
          Attribute.of("kernel_shape", new long[] {size}), Attribute.of("strides", new long[] {size}));
    }
    return means;
  }

  private void blockProduct(String input, WeightMatrix weight, BlockFormat format, String output) {
    graph.node(Domain.MICROSOFT, "MatMulNBits", List.of(input, quantized(weight), scales(weight)), List.of(output),
        Attribute.of("K", weight.columns()), Attribute.of("N", weight.rows()), Attribute.of("bits", format.bits()),
        Attribute.of("block_size", format.size()), Attribute.of("accuracy_level", activations.accuracyLevel()));
  }

  private void floatProduct(String input, String weight, String output) {
    graph.node(Domain.MICROSOFT, "FusedMatMul", List.of(input, weight), List.of(output), Attribute.of("transB", 1));
  }

  private static String quantized(WeightMatrix weight) {
    return weight.name() + ".quantized";
  }

  private static String scales(WeightMatrix weight) {
    return weight.name() + ".scales";
  }

  private static String offsets(WeightMatrix weight) {
    return weight.name() + ".offsets";
  }

  private static long[] codes(WeightMatrix weight, BlockFormat format) {
    return new long[] {weight.rows(), weight.columns() / format.size(), (long) format.size() * format.bits() / Byte.SIZE};
  }

  private static long[] blocks(WeightMatrix weight, BlockFormat format) {
    return new long[] {weight.rows(), weight.columns() / format.size()};
  }
}
