package dev.penstock.generators.onnx.folding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.models.gguf.BlockGraphs;
import dev.penstock.generators.models.gguf.GgufTensorType;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.onnx.PackedForm;
import dev.penstock.generators.onnx.PackedGraph;
import dev.penstock.generators.onnx.PackedGraphs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which folded weights are proven: those with every offset where it belongs. Products without their offsets, or with one
/// offset at the wrong place, are named.
class ProductCheckTest {

  @TempDir private Path temporary;
  private Path graph;
  private OnnxGraph shipped;
  private List<OffsetProduct> products;
  private PackedGraph packed;

  @BeforeEach
  void pack() throws IOException {
    graph = BlockGraphs.write(temporary.resolve("model"), GgufTensorType.Q4_1, WeightForm.Q4SUM, Activations.INT8);
    shipped = OnnxGraph.read(graph);
    products = OffsetProduct.in(shipped);
    PackedForm.Change change = new FoldedOffsets().of(graph).orElseThrow();
    packed = PackedGraphs.pack(change.graph(), graph, Files.createDirectory(temporary.resolve("packed")));
  }

  @Test
  void provesWeightsThatHaveTheirOffsets() throws IOException {
    assertThat(fold()).isEmpty();

    assertThat(difference()).isEmpty();
  }

  @Test
  void findsThatNoOffsetsAreThere() throws IOException {
    assertThat(difference()).get().asString().contains("computes").contains("may lie between them");
  }

  @Test
  void findsOneOffsetThatBelongsToAnotherBlock() throws IOException {
    fold();
    String piece = OnnxGraph.read(packed.file()).initializers().get(products.getLast().codes())
        .externalData().get("prepacked_0").split("[|;]")[1];
    byte[] bytes = Files.readAllBytes(packed.weights());
    int sum = Integer.parseInt(piece) + products.getLast().rows() * products.getLast().columns() / 2;
    ByteBuffer sums = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float other = sums.getFloat(sum + 16 * Float.BYTES);
    assertThat(sums.getFloat(sum)).isNotEqualTo(other);
    sums.putFloat(sum, other);
    Files.write(packed.weights(), bytes);

    assertThat(difference()).get().asString().startsWith(products.getLast().codes());
  }

  private Optional<String> fold() throws IOException {
    return new PackedPieces(OnnxGraph.read(packed.file()), packed).fold(products, shipped, graph.getParent());
  }

  private Optional<String> difference() throws IOException {
    return new ProductCheck(shipped, graph.getParent(), products).difference(OnnxGraph.read(packed.file()), packed);
  }
}
