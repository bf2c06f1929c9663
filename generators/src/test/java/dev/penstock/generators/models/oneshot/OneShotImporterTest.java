package dev.penstock.generators.models.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.onnx.GraphWriter;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.samples.Samples;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A generator's graph is added by what it says itself, by what a trial shows, and by a few lines of YAML; the model folder
/// computes what the graph computes, and runs. What cannot be understood is refused in one sentence, and nothing stays.
class OneShotImporterTest {

  private static final int PIXELS = 8 * 8;

  @TempDir private Path root;
  private final List<Added> told = new ArrayList<>();

  private static float[] random(int count) {
    float[] values = new float[count];
    Random random = new Random(count);
    for (int i = 0; i < count; i++) values[i] = (float) random.nextGaussian() / 2;
    return values;
  }

  private ModelFolder added(byte[] graph, String... yaml) throws IOException {
    Path file = Files.write(root.resolve("graph.onnx"), graph);
    Path settings = Files.writeString(root.resolve("model.settings"), yaml.length == 0 ? "{}" : String.join("\n", yaml));
    return OneShotImporter.importModel(
        file, root.resolve("models/one"), OneShotSettings.read(settings), new OneShotImporter.Naming("one", "MIT", "test"), told::add);
  }

  private static Map<String, OnnxValue> run(byte[] graph, Map<String, OnnxValue> inputs) {
    try (OnnxSession session = OnnxSession.open("original", graph)) {
      return session.run(inputs);
    }
  }

  private static float[] row(ModelFolder folder, float[] latent, int label) {
    OneShotImageSection section = folder.manifest().oneShotImage();
    var inputs = new java.util.HashMap<String, OnnxValue>();
    inputs.put(section.latentInput(), OnnxValue.copyOf(latent, 1, latent.length));
    for (OneShotImageSection.Condition condition : section.conditions()) {
      float[] chosen = new float[condition.labels().size()];
      chosen[label] = 1;
      inputs.put(condition.input(), OnnxValue.copyOf(chosen, 1, chosen.length));
    }
    try (OnnxSession session = OnnxSession.open(folder.file(section.graph()))) {
      return floats(session.run(inputs).get(section.imageOutput()));
    }
  }

  private static float[] floats(OnnxValue value) {
    float[] floats = new float[value.size()];
    value.floats().get(floats);
    return floats;
  }

  private static byte[] decoder(String activation) {
    return new GraphWriter()
        .input("z", GraphWriter.FLOAT32, "batch", 5)
        .output("picture", GraphWriter.FLOAT32, "batch", PIXELS)
        .floats("weights", random(5 * PIXELS), 5, PIXELS)
        .node("MatMul", List.of("z", "weights"), List.of("y"))
        .node(activation, List.of("y"), List.of("picture"))
        .bytes();
  }

  @Test
  void readsARowOfNumbersAsASquarePictureAndTheRangeFromTheFunctionAtTheEnd() throws IOException {
    ModelFolder folder = added(decoder("Tanh"), "latent: uniform");

    OneShotImageSection section = folder.manifest().oneShotImage();
    assertThat(section.outputRange()).isEqualTo(new OutputRange(-1, 1));
    assertThat(section.latentDistribution()).isEqualTo(LatentDistribution.UNIFORM);
    assertThat(section.batch()).isNull();
    float[] latent = LatentDraw.normal(3, 5);
    assertThat(row(folder, latent, 0)).isEqualTo(
        floats(run(decoder("Tanh"), Map.of("z", OnnxValue.copyOf(latent, 1, 5))).get("picture")));
    assertThat(told.getFirst().findings()).contains(
        new Added.Finding("latent", "z [5], uniform"),
        new Added.Finding("range", "-1.0 to 1.0, as a tanh ends the graph"),
        new Added.Finding("picture", "8x8 grey, a row of numbers brought into NCHW, in the output picture"),
        new Added.Finding("batch", "any"));
  }

  /// Two latents of different shapes, the class as a number, a number that is always the same, colour at the end, 0 to 255,
  /// a batch of exactly one.
  private static byte[] awkward() {
    return new GraphWriter()
        .input("noise", GraphWriter.FLOAT32, 1, 3)
        .input("style", GraphWriter.FLOAT32, 1, 2, 1, 1)
        .input("y", GraphWriter.INT64, 1)
        .input("gain", GraphWriter.FLOAT32, 1)
        .output("rgb", GraphWriter.FLOAT32, 1, 8, 8, 3)
        .floats("weights", random(6 * PIXELS * 3), 6, PIXELS * 3)
        .floats("full", new float[] {255}, 1)
        .longs("two", new long[] {1, 2}, 2)
        .longs("one", new long[] {1, 1}, 2)
        .longs("shape", new long[] {1, 8, 8, 3}, 4)
        .node("Reshape", List.of("style", "two"), List.of("flat"))
        .node("Cast", List.of("y"), List.of("number"), "to", 1)
        .node("Reshape", List.of("number", "one"), List.of("column"))
        .node("Concat", List.of("noise", "flat", "column"), List.of("x"), "axis", 1)
        .node("MatMul", List.of("x", "weights"), List.of("m"))
        .node("Mul", List.of("m", "gain"), List.of("g"))
        .node("Sigmoid", List.of("g"), List.of("s"))
        .node("Mul", List.of("s", "full"), List.of("f"))
        .node("Reshape", List.of("f", "shape"), List.of("rgb"))
        .bytes();
  }

  @Test
  void takesSeveralLatentsAClassByNumberConstantsColourAtTheEndAndAFixedBatch() throws Exception {
    ModelFolder folder = added(awkward(), "labels: [mug, lamp, shoe]", "constants: {gain: 0.5}");

    OneShotImageSection section = folder.manifest().oneShotImage();
    assertThat(section.latentSize()).isEqualTo(5);
    assertThat(section.batch()).isEqualTo(1);
    assertThat(section.layout()).isEqualTo(Layout.NHWC);
    assertThat(section.outputRange()).isEqualTo(new OutputRange(0, 255));
    float[] latent = LatentDraw.normal(3, 5);
    var expected = run(awkward(), Map.of(
        "noise", OnnxValue.copyOf(Arrays.copyOf(latent, 3), 1, 3),
        "style", OnnxValue.copyOf(Arrays.copyOfRange(latent, 3, 5), 1, 2, 1, 1),
        "y", OnnxValue.copyOf(new long[] {2}, 1),
        "gain", OnnxValue.copyOf(new float[] {0.5f}, 1)));
    assertThat(row(folder, latent, 2)).isEqualTo(floats(expected.get("rgb")));
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      assertThat(Samples.write(folder, embedder)).containsExactly("16 pictures in contact-sheet.png, by rows: mug, lamp, shoe");
    }
    assertThat(folder.path().resolve(Samples.SHEET)).isNotEmptyFile();
  }

  private static byte[] oneHot() {
    return new GraphWriter()
        .input("z", GraphWriter.FLOAT32, "batch", 5)
        .input("label", GraphWriter.FLOAT32, "batch", 4)
        .output("picture", GraphWriter.FLOAT32, "batch", PIXELS)
        .floats("weights", random(9 * PIXELS), 9, PIXELS)
        .node("Concat", List.of("z", "label"), List.of("x"), "axis", 1)
        .node("MatMul", List.of("x", "weights"), List.of("y"))
        .node("Sigmoid", List.of("y"), List.of("picture"))
        .bytes();
  }

  @Test
  void namesClassesFromTheOneThatIsSaidToBeFirst() throws IOException {
    ModelFolder folder = added(oneHot(), "labels: [mug, lamp]", "firstLabel: 2");

    float[] latent = LatentDraw.normal(3, 5);
    var expected = run(oneHot(), Map.of("z", OnnxValue.copyOf(latent, 1, 5), "label", OnnxValue.copyOf(new float[] {0, 0, 0, 1}, 1, 4)));
    assertThat(row(folder, latent, 1)).isEqualTo(floats(expected.get("picture")));
    assertThat(folder.manifest().parameters().validate(Map.of("class", "lamp"))).containsEntry("class", "lamp");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      labels: [mug, lamp]            | takes one of 4 classes, labels names 2; name all, or say as firstLabel which class
      labels: [mug, lamp];firstLabel: 3 | takes one of 4 classes, labels names 2 from 3 on
      labelInput: which              | it has no input which, which labelInput names; it has z [batch, 5], label [batch, 4]
      output: image                  | it has no output image; it has picture [batch, 64]
      constants: {gain: 2}           | it has no input gain, which constants names
      latentShape: [6]               | latentShape is [6] and its input is z [batch, 5]; they contradict each other
      layout: NHCW                   | layout is "NHCW"; one of NCHW, NHWC is needed
      lables: [mug]                  | the key lables is not known;
      """)
  void refusesWhatContradictsTheGraph(String yaml, String sentence) {
    assertThatThrownBy(() -> added(oneHot(), yaml.replace(";", "\n")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(sentence);
    assertThat(root.resolve("models/one")).doesNotExist();
    assertNothingHalfDone();
  }

  @Test
  void refusesDamagedFiles() {
    byte[] whole = oneHot();

    assertThatThrownBy(() -> added(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(ModelException.class).hasMessageContaining("graph.onnx is not readable as ONNX: a field claims");
    assertThatThrownBy(() -> added("no graph at all".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(ModelException.class).hasMessageContaining("graph.onnx is not readable as ONNX");
    assertNothingHalfDone();
  }

  @Test
  void namesOperatorsThatTheRuntimeDoesNotHave() {
    byte[] custom = new GraphWriter()
        .input("z", GraphWriter.FLOAT32, "batch", 5)
        .output("picture", GraphWriter.FLOAT32, "batch", PIXELS)
        .node("com.example", "Dream", List.of("z"), List.of("picture"))
        .bytes();
    byte[] unknown = new GraphWriter()
        .input("z", GraphWriter.FLOAT32, "batch", 5)
        .output("picture", GraphWriter.FLOAT32, "batch", PIXELS)
        .node("Dream", List.of("z"), List.of("picture"))
        .bytes();

    assertThatThrownBy(() -> added(custom)).isInstanceOf(ModelException.class)
        .hasMessage("graph.onnx cannot be added: it needs the operator Dream of the domain com.example, which ONNX Runtime does not have.");
    assertThatThrownBy(() -> added(unknown)).isInstanceOf(ModelException.class)
        .hasMessage("graph.onnx cannot be added: The graph graph.onnx needs the operator Dream of the domain ai.onnx, which ONNX Runtime "
            + dev.penstock.generators.onnx.OnnxRuntime.version() + " does not have.");
    assertNothingHalfDone();
  }

  private void assertNothingHalfDone() {
    Path models = root.resolve("models");
    if (!Files.exists(models)) return;
    try (Stream<Path> left = Files.list(models)) {
      assertThat(left).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
