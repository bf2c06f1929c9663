package dev.penstock.generators.models.onnxfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the writer writes, ONNX Runtime opens and computes: small tensors inside the graph, large ones mapped from
/// the data file, one data extent under two shapes, attributes, and operators of both domains.
class OnnxFileWriterTest {

  private static final int WIDE = 2_000;

  @TempDir
  private Path folder;

  @Test
  void isReadAndComputedByOnnxRuntime() throws IOException {
    Path file = folder.resolve("sum.onnx");
    try (var writer = new OnnxFileWriter(file, "sum")) {
      writer.input("x", TensorType.FLOAT32, "rows", WIDE)
          .output("y", TensorType.FLOAT32, "rows", 1)
          .output("width", TensorType.FLOAT32, WIDE)
          .initializer("weights", TensorType.FLOAT32, new long[] {1, WIDE}, TensorBytes.of(ramp()))
          .initializer("more", TensorType.FLOAT32, new long[] {WIDE}, TensorBytes.of(ramp()))
          .sharedInitializer("flat", new long[] {WIDE}, "weights")
          .initializer("bias", TensorType.FLOAT32, new long[] {1}, TensorBytes.of(0.5f))
          .node(Domain.MICROSOFT, "FusedMatMul", List.of("x", "weights"), List.of("xw"),
              Attribute.of("transB", 1), Attribute.of("alpha", 2f))
          .node(Domain.ONNX, "Add", List.of("xw", "bias"), List.of("y"))
          .node(Domain.ONNX, "Sub", List.of("flat", "more"), List.of("width"))
          .save();
    }
    float[] ones = new float[2 * WIDE];
    Arrays.fill(ones, 1f);

    try (var session = OnnxSession.open(file); var x = OnnxValue.copyOf(ones, 2, WIDE)) {
      var outputs = session.run(Map.of("x", x));
      float expected = 2f * (WIDE - 1) * WIDE / 2 / WIDE + 0.5f;
      assertThat(outputs.get("y").floats().get(0)).isCloseTo(expected, within(0.05f));
      assertThat(outputs.get("y").floats().get(1)).isCloseTo(expected, within(0.05f));
      assertThat(outputs.get("width").floats().get(WIDE - 1)).isZero();
    }
  }

  @Test
  void keepsLargeTensorsOutsideAndAligned() throws IOException {
    try (var writer = new OnnxFileWriter(folder.resolve("g.onnx"), "g")) {
      writer.initializer("small", TensorType.INT64, new long[] {2}, TensorBytes.of(1L, 2L))
          .initializer("a", TensorType.FLOAT32, new long[] {WIDE}, TensorBytes.of(ramp()))
          .initializer("b", TensorType.FLOAT32, new long[] {WIDE}, TensorBytes.of(ramp()))
          .save();
    }

    assertThat(Files.size(folder.resolve("g.onnx.data"))).isEqualTo(2 * 4096 + WIDE * 4);
    assertThat(Files.size(folder.resolve("g.onnx"))).isLessThan(500);
  }

  @Test
  void makesNoDataFileForSmallGraphs() throws IOException {
    try (var writer = new OnnxFileWriter(folder.resolve("g.onnx"), "g")) {
      writer.save();
    }

    assertThat(folder).isDirectoryNotContaining("glob:**.data");
  }

  @Test
  void refusesContentsThatDoNotFillTheShape() throws IOException {
    try (var writer = new OnnxFileWriter(folder.resolve("g.onnx"), "g")) {
      assertThatThrownBy(() -> writer.initializer("a", TensorType.FLOAT32, new long[] {3}, TensorBytes.of(1f, 2f)))
          .hasMessage("the tensor's shape needs 12 bytes, 8 were written");
      assertThatThrownBy(() -> writer.initializer("a", TensorType.UINT8, new long[] {WIDE}, TensorBytes.of(ramp())))
          .hasMessage("the tensor's shape needs 2000 bytes, 8000 were written");
    }
  }

  @Test
  void refusesANameTwiceAndASharedTensorOfAnotherSize() throws IOException {
    try (var writer = new OnnxFileWriter(folder.resolve("g.onnx"), "g")) {
      writer.initializer("a", TensorType.FLOAT32, new long[] {2}, TensorBytes.of(1f, 2f));

      assertThatThrownBy(() -> writer.initializer("a", TensorType.FLOAT32, new long[] {1}, TensorBytes.of(1f)))
          .hasMessage("there are two initializers a");
      assertThatThrownBy(() -> writer.sharedInitializer("b", new long[] {3}, "a"))
          .hasMessage("b needs 12 bytes, a has 8");
      assertThatThrownBy(() -> writer.sharedInitializer("b", new long[] {3}, "c"))
          .hasMessage("there is no initializer c");
    }
  }

  /// 0, 1/WIDE, 2/WIDE, ...
  private static float[] ramp() {
    float[] ramp = new float[WIDE];
    for (int i = 0; i < WIDE; i++) {
      ramp[i] = (float) i / WIDE;
    }
    return ramp;
  }
}
