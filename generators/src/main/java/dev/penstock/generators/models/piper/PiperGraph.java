package dev.penstock.generators.models.piper;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxNode.RawAttribute;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A voice's graph whose two draws of noise become inputs, so that whoever runs it decides what is drawn.
///
/// The draw of the durations' noise is as long as the phonemes and becomes an input as it is. The draw of the sound's
/// noise is as long as the durations say, which only the run itself finds out: its input may have any length, frame by
/// frame; zeros follow it, it is cut to the length that is needed, and turned to `[batch, channels, frames]`. The output
/// `noise_shape` says what was needed.
final class PiperGraph {

  static final String DURATION_NOISE = "duration_noise";
  static final String NOISE = "noise";
  static final String DURATION_NOISE_SHAPE = "duration_noise_shape";
  static final String NOISE_SHAPE = "noise_shape";

  private static final String DRAW = "RandomNormalLike";
  private static final Set<String> OTHER_DRAWS =
      Set.of("RandomNormal", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli");
  private static final int FLOAT32 = 1;
  private static final int INT64 = 7;
  private static final int OLDEST_OPSET = 13;
  private static final String OURS = "penstock.";

  private final Path file;
  private final OnnxGraph original;

  private PiperGraph(Path file, OnnxGraph original) {
    this.file = file;
    this.original = original;
  }

  /// @throws ModelImportException it is damaged, or no voice of Piper
  static PiperGraph read(Path file) {
    try {
      return new PiperGraph(file, OnnxGraph.read(file));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ModelImportException(file + " is not readable as ONNX: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  /// Whether it asks for the number of a speaker.
  boolean hasSpeakers() {
    return original.inputs().stream().anyMatch(input -> input.name().equals("sid"));
  }

  /// Writes the part of the graph that says in what shape the durations' noise is needed, with the original's inputs.
  ///
  /// @throws ModelImportException as [#write]
  void writeDurationNoiseShape(Path target) throws IOException {
    List<OnnxNode> nodes = new ArrayList<>(original.nodes());
    nodes.add(node("Shape", DURATION_NOISE_SHAPE, draws().durations().inputs().getFirst()));
    original.with(nodes, original.inputs(), List.of(new OnnxValueInfo(DURATION_NOISE_SHAPE, INT64, List.of(3L))))
        .write(target, Map.of(), Map.of());
  }

  /// The nodes that draw noise.
  private record Draws(OnnxNode durations, OnnxNode sound) {}

  private Draws draws() {
    check();
    List<OnnxNode> draws = original.nodes().stream().filter(node -> node.operator().equals(DRAW)).toList();
    require(draws.size() == 2, "it has " + draws.size() + " nodes " + DRAW + "; a voice of Piper has 2");
    boolean inOrder = reaches(draws.getFirst(), draws.getLast());
    return inOrder ? new Draws(draws.getFirst(), draws.getLast()) : new Draws(draws.getLast(), draws.getFirst());
  }

  /// Writes the changed graph.
  ///
  /// @throws ModelImportException the graph draws or is fed in another way than voices of Piper
  void write(Path target) throws IOException {
    Draws draws = draws();
    OnnxNode durations = draws.durations();
    OnnxNode sound = draws.sound();
    Map<String, String> names = freed();
    names.put(durations.outputs().getFirst(), DURATION_NOISE);
    List<OnnxNode> nodes = new ArrayList<>();
    for (OnnxNode node : original.nodes()) {
      if (node == sound) {
        OnnxNode renamed = node.renamed(names);
        nodes.addAll(cut(renamed.inputs().getFirst(), renamed.outputs().getFirst()));
      } else if (node != durations) {
        nodes.add(node.renamed(names));
      }
    }
    List<OnnxValueInfo> inputs = new ArrayList<>(original.inputs());
    inputs.add(new OnnxValueInfo(DURATION_NOISE, FLOAT32, List.of("batch_size", "duration_noise_channels", "phonemes")));
    inputs.add(new OnnxValueInfo(NOISE, FLOAT32, List.of("batch_size", "noise_frames", "noise_channels")));
    List<OnnxValueInfo> outputs = new ArrayList<>(original.outputs());
    outputs.add(new OnnxValueInfo(NOISE_SHAPE, INT64, List.of(3L)));
    // In this order, so that the same voice gives the same file.
    Map<String, long[]> constants = new LinkedHashMap<>();
    constants.put(OURS + "zero", new long[] {0});
    constants.put(OURS + "axis", new long[] {1});
    constants.put(OURS + "frames", new long[] {2});
    constants.put(OURS + "before", new long[] {0, 0, 0, 0});
    original.with(nodes, inputs, outputs).write(target, constants, Map.of());
  }

  /// New names for values of the original that have those of our inputs and outputs.
  private Map<String, String> freed() {
    Map<String, String> names = new HashMap<>();
    for (String ours : List.of(DURATION_NOISE, NOISE, NOISE_SHAPE)) {
      require(!original.initializers().containsKey(ours), "it has a constant named " + ours);
      names.put(ours, "original." + ours);
    }
    return names;
  }

  private void check() {
    require(original.opsets().getOrDefault("", 0L) >= OLDEST_OPSET, "it uses operator set "
        + original.opsets().getOrDefault("", 0L) + "; at least " + OLDEST_OPSET + " is needed");
    require(original.dataFiles().isEmpty(), "it keeps weights in other files");
    for (OnnxNode node : original.nodes()) {
      require(node.attributes().stream().noneMatch(RawAttribute::hasGraphs),
          "it has a node " + node.operator() + " with graphs inside; only plain graphs can be imported");
      require(!OTHER_DRAWS.contains(node.operator()), "it draws with " + node.operator() + "; a voice of Piper draws with "
          + DRAW + " alone");
      require(!node.operator().equals(DRAW) || node.number("dtype", FLOAT32) == FLOAT32,
          "its noise is not float32");
    }
    List<String> inputs = original.inputs().stream().map(OnnxValueInfo::name).toList();
    require(inputs.containsAll(List.of("input", "input_lengths", "scales"))
            && Set.of("input", "input_lengths", "scales", "sid").containsAll(inputs),
        "its inputs are " + inputs + "; input, input_lengths, scales and perhaps sid are needed");
    require(original.outputs().size() == 1 && original.outputs().getFirst().name().equals("output"), "its outputs are "
        + original.outputs().stream().map(OnnxValueInfo::name).toList() + "; output alone is needed");
  }

  /// `like`, float32 `[b, c, f]`, to f frames of the input for the noise.
  private static List<OnnxNode> cut(String like, String noise) {
    return List.of(
        node("Shape", NOISE_SHAPE, like),
        node("Gather", OURS + "count", NOISE_SHAPE, OURS + "frames"),
        node("Concat", OURS + "pads", OURS + "before", OURS + "count", OURS + "zero").with("axis", 0),
        node("Pad", OURS + "padded", NOISE, OURS + "pads"),
        node("Slice", OURS + "cut", OURS + "padded", OURS + "zero", OURS + "count", OURS + "axis"),
        node("Transpose", noise, OURS + "cut").with("perm", 0, 2, 1));
  }

  private static OnnxNode node(String operator, String output, String... inputs) {
    return new OnnxNode(operator, "", List.of(inputs), List.of(output), List.of());
  }

  /// Whether what `from` writes comes to `to`. Nodes are in an order of computation.
  private boolean reaches(OnnxNode from, OnnxNode to) {
    Set<String> reached = new HashSet<>(from.outputs());
    for (OnnxNode node : original.nodes()) {
      if (node.inputs().stream().anyMatch(reached::contains)) {
        if (node == to) {
          return true;
        }
        reached.addAll(node.outputs());
      }
    }
    return false;
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw new ModelImportException(file + " cannot be imported as a voice: " + problem + ".");
    }
  }
}
