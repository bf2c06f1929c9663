package dev.penstock.generators.onnx.folding;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxTensorInfo;
import dev.penstock.generators.onnx.PackedGraph;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The packed weights of products in a file. The runtime packs each weight anew when it loads a graph, and takes the
/// file's bytes for the piece whose name has the hash of its own; the hash of what is changed here stays the old one.
final class PackedPieces {

  /// The name with its hash, and one piece: where it begins, how long it is.
  private static final Pattern ONE_PIECE = Pattern.compile("(MatMulNBits\\+\\d+)\\|(\\d+);(\\d+);\\d+");

  private final OnnxGraph graph;
  private final Path weights;
  private final Set<String> names = new HashSet<>();

  PackedPieces(OnnxGraph graph, PackedGraph packed) {
    this.graph = graph;
    this.weights = packed.weights();
  }

  /// Folds offsets into the products' weights.
  ///
  /// @param source  the graph that holds scales and offsets
  /// @param folder  where its external data lies
  /// @return what is not as expected, as the end of a sentence
  Optional<String> fold(List<OffsetProduct> products, OnnxGraph source, Path folder) throws IOException {
    Map<String, OnnxNode> packed = graph.producers();
    try (FileChannel file = FileChannel.open(weights, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (OffsetProduct product : products) {
        Optional<Matcher> piece = piece(packed.get(product.output()), product);
        if (piece.isEmpty()) return Optional.of(product.codes() + " is not packed as one piece of its own");
        float[] scales = Objects.requireNonNull(source.initializers().get(product.scales())).floats(folder);
        float[] offsets = Objects.requireNonNull(source.initializers().get(product.offsets())).floats(folder);
        Optional<String> unlike = fold(file, piece.get(), product.sums(), scales, offsets);
        if (unlike.isPresent()) return unlike.map(what -> "of " + product.codes() + " " + what);
      }
    }
    return Optional.empty();
  }

  /// Two weights of one name, the same to the bit, share a piece: their offsets could not.
  private Optional<Matcher> piece(@Nullable OnnxNode node, OffsetProduct product) {
    if (node == null || !node.isContributed("MatMulNBits") || !node.inputs().equals(product.product().inputs()))
      return Optional.empty();
    OnnxTensorInfo codes = graph.initializers().get(product.codes());
    if (codes == null) return Optional.empty();
    String pieces = codes.externalData().entrySet().stream().filter(entry -> entry.getKey().startsWith("prepacked_"))
        .map(Map.Entry::getValue).collect(Collectors.joining("|"));
    return Optional.of(ONE_PIECE.matcher(pieces)).filter(Matcher::matches).filter(found -> names.add(found.group(1)));
  }

  private static Optional<String> fold(FileChannel file, Matcher piece, BlockSums sums, float[] scales, float[] offsets)
      throws IOException {
    long offset = Long.parseLong(piece.group(2));
    long length = Long.parseLong(piece.group(3));
    if (length > Integer.MAX_VALUE || offset + length > file.size())
      return Optional.of("the piece at " + offset + " has " + length + " bytes");
    try (Arena arena = Arena.ofConfined()) {
      return sums.fold(file.map(FileChannel.MapMode.READ_WRITE, offset, length, arena).asByteBuffer(), scales, offsets);
    }
  }
}
