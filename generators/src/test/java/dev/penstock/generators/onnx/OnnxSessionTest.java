package dev.penstock.generators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.penstock.generators.onnx.InferenceException.Kind;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a session promises: it runs graphs on memory of ours without a copy, in place where input and output are
/// one value, and says in one sentence what does not fit.
class OnnxSessionTest {

  /// `y [n, 2] = x [n, 2] + one [2]`, `count [] = shape of x, element 0`.
  private static final byte[] ADD =
      new GraphWriter()
          .input("x", GraphWriter.FLOAT32, "n", 2)
          .output("y", GraphWriter.FLOAT32, "n", 2)
          .output("count", GraphWriter.INT64)
          .floats("one", new float[] {1, 1}, 2)
          .longs("zero", new long[] {0})
          .node("Add", List.of("x", "one"), List.of("y"))
          .node("Shape", List.of("x"), List.of("shape"))
          .node("Gather", List.of("shape", "zero"), List.of("count"))
          .bytes();

  private final OnnxSession session = OnnxSession.open("add", ADD);

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void saysWhatTheGraphReadsAndWrites() {
    assertThat(session.inputs()).containsExactly(Map.entry("x", new TensorInfo("FLOAT32", List.of(-1L, 2L))));
    assertThat(session.outputs().keySet()).containsExactly("y", "count");
    assertThat(session.outputs().get("count")).isEqualTo(new TensorInfo("INT64", List.of()));
  }

  @Test
  void allocatesTheOutputsOfASimpleRun() {
    Map<String, OnnxValue> outputs = session.run(Map.of("x", OnnxValue.copyOf(new float[] {1, 2, 3, 4}, 2, 2)));

    assertThat(elements(outputs.get("y"))).containsExactly(2, 3, 4, 5);
    assertThat(outputs.get("y").shape()).containsExactly(2, 2);
    assertThat(outputs.get("count").longs().get(0)).isEqualTo(2);
    assertThat(outputs.get("count").shape()).isEmpty();
  }

  @Test
  void readsAndWritesSlicesOfOneBuffer() {
    FloatBuffer rows = OnnxValue.allocateFloats(6).put(0, new float[] {0, 1, 10, 11, 20, 21});
    OnnxValue middle = OnnxValue.of(rows.duplicate().position(2).limit(4), 1, 2);
    OnnxValue last = OnnxValue.of(rows.duplicate().position(4).limit(6), 1, 2);

    session.run(Map.of("x", middle), Map.of("y", last));

    assertThat(elements(OnnxValue.of(rows, 6))).containsExactly(0, 1, 10, 11, 11, 12);
  }

  @Test
  void updatesAValueThatIsInputAndOutputInPlace() {
    OnnxValue value = OnnxValue.copyOf(new float[] {5, 6}, 1, 2);
    Binding twice = session.bind(Map.of("x", value), Map.of("y", value));

    twice.run();
    twice.run();

    assertThat(elements(value)).containsExactly(7, 8);
  }

  @Test
  void namesTheSessionAndTheFaultWhenAnArgumentDoesNotFit() {
    OnnxValue wide = OnnxValue.copyOf(new float[3], 1, 3);
    OnnxValue right = OnnxValue.copyOf(new float[2], 1, 2);

    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> session.run(Map.of("x", wide)))
        .withMessageContainingAll("add", "x", "Got: 3 Expected: 2")
        .matches(e -> e.kind() == Kind.ARGUMENT);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> session.run(Map.of("z", right)))
        .withMessageContainingAll("add", "z")
        .matches(e -> e.kind() == Kind.ARGUMENT);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> session.run(Map.of("x", OnnxValue.copyOf(new long[2], 1, 2))))
        .withMessageContaining("add")
        .matches(e -> e.kind() == Kind.ARGUMENT);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> session.run(Map.of("x", right), Map.of("y", wide)))
        .withMessageContaining("add")
        .matches(e -> e.kind() == Kind.ARGUMENT);
  }

  @Test
  void refusesMemoryThatDoesNotFitTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxValue.of(OnnxValue.allocateFloats(5), 2, 3))
        .withMessage("shape [2, 3] needs 6 elements, the view has 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxValue.of(FloatBuffer.allocate(6), 2, 3))
        .withMessageContaining("direct");
    assertThatIllegalStateException()
        .isThrownBy(() -> OnnxValue.copyOf(new float[1]).longs())
        .withMessage("a tensor of FLOAT32 was read as INT64");
  }

  @Test
  void refusesFilesThatAreNoGraph() throws Exception {
    Path file = Files.createTempFile("garbage", ".onnx");
    Files.writeString(file, "no graph");

    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> OnnxSession.open(file))
        .withMessageContaining(file.getFileName().toString())
        .matches(e -> e.kind() == Kind.MODEL);
    Files.delete(file);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> OnnxSession.open(file))
        .withMessage("There is no readable file " + file)
        .matches(e -> e.kind() == Kind.MODEL);
  }

  @Test
  void runsNothingAfterItWasClosed() {
    session.close();
    session.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> session.run(Map.of("x", OnnxValue.copyOf(new float[2], 1, 2))))
        .withMessage("the session add is closed");
  }

  @Test
  void keepsTheNativeLibrariesInTheUsersCache() {
    assertThat(Path.of(System.getProperty("onnxruntime.native.path"))).hasParent(NativeLibraries.folder());
    assertThat(OnnxRuntime.version()).isEqualTo("1.29.0");
  }

  private static float[] elements(OnnxValue value) {
    float[] elements = new float[value.size()];
    value.floats().get(elements);
    return elements;
  }
}
