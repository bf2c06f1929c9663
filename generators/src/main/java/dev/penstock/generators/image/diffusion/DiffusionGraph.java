package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.image.ManifestCheck;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.onnx.Binding;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The denoiser with memory for a batch: write rows, run, read rows. One thread.
///
/// A row must not depend on the rows beside it. Runs come in a few sizes, with rows left over that nobody reads; whether
/// the kernels of this machine keep the promise in each is tried out at opening, and if they do not, every run has the
/// full size from then on. Where the graph takes one timestep for all rows of a run, each request runs by itself.
final class DiffusionGraph implements AutoCloseable {

  /// Even, since a request with guidance has two rows; a row alone takes other kernels (a matrix times a vector).
  private static final int[] SIZES = {2, 4, 6, 8, 12};

  /// Different rows that the sizes are tried out with.
  private static final int PROBES = 3;

  private final DiffusionSection section;
  private final OnnxSession session;
  private final int rows;
  private final int pixels;
  private final int wordSize;
  private final FloatBuffer samples;
  private final FloatBuffer timesteps;
  private final FloatBuffer words;
  private final FloatBuffer masks;
  private final FloatBuffer outputs;
  private final List<OnnxValue> values = new ArrayList<>();
  private final Map<Rows, Binding> bindings = new HashMap<>();
  private final boolean fixedSize;

  private record Rows(int from, int count) {}

  /// @param session closed by this
  /// @param rows the largest batch
  /// @param wordSize numbers of a word piece's vector; 0 without words
  /// @throws InvalidModelException if the graph does not make what the manifest promises
  DiffusionGraph(DiffusionSection section, OnnxSession session, int rows, int wordSize) {
    this.section = section;
    this.session = session;
    this.rows = rows;
    this.pixels = section.channels() * section.height() * section.width();
    this.wordSize = wordSize;
    this.samples = OnnxValue.allocateFloats(rows * pixels);
    this.timesteps = OnnxValue.allocateFloats(rows);
    this.words = OnnxValue.allocateFloats(rows * section.textTokens() * wordSize);
    this.masks = OnnxValue.allocateFloats(rows * section.textTokens());
    this.outputs = OnnxValue.allocateFloats(rows * pixels);
    checkInputs();
    checkOutput();
    this.fixedSize = !section.graph().shared() && !givesTheSameBitsInEverySize();
  }

  int rows() {
    return rows;
  }

  /// Numbers of a sample.
  int pixels() {
    return pixels;
  }

  /// Whether every run has the full batch size.
  boolean isOfFixedSize() {
    return fixedSize;
  }

  /// Writes row `row`, 0-based.
  void write(int row, float[] sample, double timestep, Words text) {
    samples.put(row * pixels, sample);
    timesteps.put(row, (float) timestep);
    words.put(row * text.vectors().length, text.vectors());
    masks.put(row * text.mask().length, text.mask());
  }

  /// Whether all rows of a run have one timestep: only rows of one request may run together.
  boolean hasSharedTimestep() {
    return section.graph().shared();
  }

  /// Runs some rows by themselves.
  void run(int from, int count) {
    bindings.computeIfAbsent(new Rows(from, count), this::bind).run();
  }

  /// Runs the first `count` rows.
  void run(int count) {
    runExactly(fixedSize ? rows : sizes().filter(size -> size >= count).findFirst().orElseThrow());
  }

  /// From small to large.
  private IntStream sizes() {
    return IntStream.concat(Arrays.stream(SIZES).filter(size -> size < rows), IntStream.of(rows));
  }

  /// The prediction of a row into `into`.
  void read(int row, float[] into) {
    outputs.get(row * pixels, into);
  }

  private void runExactly(int count) {
    run(0, count);
  }

  private Binding bind(Rows run) {
    return session.bind(inputs(run), Map.of(section.graph().output(), pictures(outputs, run)));
  }

  private Map<String, OnnxValue> inputs(Rows run) {
    int tokens = section.textTokens();
    DiffusionSection.Graph names = section.graph();
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put(names.sample(), pictures(samples, run));
    int times = names.shared() ? 1 : run.count;
    inputs.put(names.timestep(), keep(OnnxValue.of(timesteps.slice(run.from, times), times)));
    String text = names.text();
    if (text != null)
      inputs.put(text, keep(OnnxValue.of(part(words, run, tokens * wordSize), run.count, tokens, wordSize)));
    String mask = names.mask();
    if (mask != null) inputs.put(mask, keep(OnnxValue.of(part(masks, run, tokens), run.count, tokens)));
    return inputs;
  }

  private static FloatBuffer part(FloatBuffer memory, Rows run, int width) {
    return memory.slice(run.from * width, run.count * width);
  }

  private OnnxValue pictures(FloatBuffer memory, Rows run) {
    return keep(
        OnnxValue.of(part(memory, run, pixels), run.count, section.channels(), section.height(), section.width()));
  }

  private OnnxValue keep(OnnxValue value) {
    values.add(value);
    return value;
  }

  private void checkInputs() {
    DiffusionSection.Graph names = section.graph();
    ManifestCheck.input(
        session, "diffusion.sampleInput", names.sample(), -1, section.channels(), section.height(), section.width());
    ManifestCheck.input(session, "diffusion.timestepInput", names.timestep(), -1);
    String text = names.text();
    if (text != null) ManifestCheck.input(session, "diffusion.textInput", text, -1, section.textTokens(), wordSize);
    String mask = names.mask();
    if (mask != null) ManifestCheck.input(session, "diffusion.maskInput", mask, -1, section.textTokens());
  }

  private void checkOutput() {
    probe(0);
    OnnxValue output = session.run(inputs(new Rows(0, 1))).get(section.graph().output());
    if (output == null)
      throw new InvalidModelException(
          "diffusion.output is " + section.graph().output() + "; the graph has " + session.outputs().keySet() + ".");
    long[] expected = {1, section.channels(), section.height(), section.width()};
    if (!Arrays.equals(output.shape(), expected))
      throw new InvalidModelException(
          "The graph makes " + Arrays.toString(output.shape()) + "; the manifest promises " + Arrays.toString(expected) + ".");
  }

  /// Writes noise at some level with some words.
  private void probe(int row) {
    int kind = row % PROBES;
    int tokens = wordSize == 0 ? 0 : section.textTokens() - kind;
    float[] vectors = LatentDraw.normal(100 + kind, wordSize == 0 ? 0 : section.textTokens() * wordSize);
    Arrays.fill(vectors, tokens * wordSize, vectors.length, 0);
    float[] mask = new float[wordSize == 0 ? 0 : section.textTokens()];
    Arrays.fill(mask, 0, tokens, 1);
    double timestep = section.lastTimestep() / (1 + 3 * kind);
    write(row, LatentDraw.normal(kind, pixels), timestep, new Words(vectors, mask, tokens, 0));
  }

  private boolean givesTheSameBitsInEverySize() {
    for (int row = 0; row < rows; row++) probe(row);
    runExactly(rows);
    float[][] expected = new float[PROBES][pixels];
    for (int kind = 0; kind < PROBES; kind++) read(kind, expected[kind]);
    float[] found = new float[pixels];
    for (int size : sizes().toArray()) {
      runExactly(size);
      for (int row = 0; row < size; row++) {
        read(row, found);
        if (!Arrays.equals(expected[row % PROBES], found)) return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    values.forEach(OnnxValue::close);
    session.close();
  }
}
