package dev.penstock.generators.models.onnximport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.onnximport.ExportedFolder.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An exported graph comes out with our inputs and outputs and nothing that computes a mask; a truncated or damaged one
/// gives one sentence that names the file, in bounded time.
class InPlaceGraphTest {

  @TempDir
  private Path folder;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void copyGraph() throws IOException {
    try (InputStream graph = InPlaceGraph.class.getResourceAsStream("../imports/tiny-genai-int4/model.onnx")) {
      whole = Objects.requireNonNull(graph).readAllBytes();
    }
    file = Files.write(folder.resolve("model.onnx"), whole);
  }

  @Test
  void feedsLengthsInsteadOfAMask() throws IOException {
    Path target = folder.resolve("ours.onnx");
    ExportedGraph.read(file, Names.USUAL).write(target, 1, Map.of("model.onnx.data", "ours.onnx.data"));

    OnnxGraph ours = OnnxGraph.read(target);
    assertThat(ours.inputs()).extracting(OnnxValueInfo::name).containsExactly("input_ids", "seqlens_k",
        "total_sequence_length", "past_key_values.0.key", "past_key_values.0.value", "past_key_values.1.key",
        "past_key_values.1.value");
    assertThat(ours.nodes()).extracting(OnnxNode::operator).contains("GroupQueryAttention", "Slice")
        .doesNotContain("ReduceSum", "Shape", "Cast");
    assertThat(ours.nodes()).filteredOn(node -> node.isContributed("MatMulNBits")).hasSize(11)
        .allSatisfy(node -> assertThat(node.number("accuracy_level", 0)).isEqualTo(1));
    assertThat(ours.dataFiles()).containsExactly("ours.onnx.data");
    assertThat(ours.missing()).isEmpty();
  }

  @Test
  void readsWhatTheGraphSaysAboutItself() {
    var graph = ExportedGraph.read(file, Names.USUAL);

    assertThat(graph.layers()).isEqualTo(2);
    assertThat(graph.keyValueHeads()).isEqualTo(2);
    assertThat(graph.headSize()).as("from the rotary tables").isEqualTo(16);
    assertThat(graph.vocabularySize()).isEqualTo(300);
    assertThat(graph.contextLength(4096)).as("as long as the rotary tables").isEqualTo(256);
    assertThat(graph.bits()).containsExactly(4L);
  }

  @Test
  void refusesTruncatedGraphs() throws IOException {
    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> use(file)).as("cut to %d bytes", length).isInstanceOf(ModelImportException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @Test
  void survivesDamagedBytes() throws IOException {
    long seed = 20261122;
    var random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        use(file);
      } catch (ModelImportException refused) {
        assertThat(refused).hasMessageStartingWith(file.toString());
      } catch (RuntimeException other) {
        fail("seed " + seed + ", byte " + at + " changed to " + damaged[at], other);
      }
    }
  }

  private void use(Path file) throws IOException {
    var graph = ExportedGraph.read(file, Names.USUAL);
    graph.keyValueHeads();
    graph.headSize();
    graph.vocabularySize();
    graph.contextLength(256);
    graph.dataFiles();
    Path target = folder.resolve("ours.onnx");
    Files.deleteIfExists(target);
    graph.write(target, 4, Map.of());
  }
}
