package dev.penstock.generators.image.vq;

import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.image.ManifestCheck;
import dev.penstock.generators.image.diffusion.Words;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.VqImageSection;
import dev.penstock.generators.onnx.Binding;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The prior with memory for a batch: place a row, write its code, run, read its logits. What the graph keeps of a row
/// stays here between runs, in two halves: one is read while the other is written. One thread.
///
/// A row must not depend on the rows beside it. Runs come in a few sizes, with rows left over that nobody reads; whether
/// the kernels of this machine keep the promise in each is tried out at opening, and if they do not, every run has the
/// full size from then on.
final class PriorGraph implements AutoCloseable {

  /// Even, since a request with guidance has two rows; a row alone takes other kernels (a matrix times a vector).
  private static final int[] SIZES = {2, 4, 8};
  private static final int PROBES = 3;

  private final VqImageSection section;
  private final OnnxSession session;
  private final int rows;
  private final int wordSize;
  private final LongBuffer codes;
  private final LongBuffer positions;
  private final FloatBuffer words;
  private final FloatBuffer masks;
  private final FloatBuffer[] caches;
  private final FloatBuffer logits;
  private final List<OnnxValue> values = new ArrayList<>();
  private final Map<Run, Binding> bindings = new HashMap<>();
  private final boolean fixedSize;
  /// Which half is read next.
  private int half;

  private record Run(int count, int half) {}

  /// @param session closed by this
  /// @param rows the largest batch
  /// @param wordSize numbers of a word piece's vector
  /// @throws InvalidModelException if the graph does not make what the manifest promises
  PriorGraph(VqImageSection section, OnnxSession session, int rows, int wordSize) {
    this.section = section;
    this.session = session;
    this.rows = rows;
    this.wordSize = wordSize;
    this.codes = OnnxValue.allocateLongs(rows);
    this.positions = OnnxValue.allocateLongs(rows);
    this.words = OnnxValue.allocateFloats(rows * section.textTokens() * wordSize);
    this.masks = OnnxValue.allocateFloats(rows * section.textTokens());
    this.caches = new FloatBuffer[] {cache(), cache()};
    this.logits = OnnxValue.allocateFloats(rows * section.codes());
    checkInputs();
    checkOutputs();
    this.fixedSize = !givesTheSameBitsInEverySize();
  }

  private FloatBuffer cache() {
    return OnnxValue.allocateFloats(rows * section.cacheSize());
  }

  int rows() {
    return rows;
  }

  /// Whether every run has the full batch size.
  boolean isOfFixedSize() {
    return fixedSize;
  }

  /// Begins a row, 0-based: nothing is kept of what it was.
  void begin(int row, Words text) {
    words.put(row * text.vectors().length, text.vectors());
    masks.put(row * text.mask().length, text.mask());
    caches[half].put(row * section.cacheSize(), new float[section.cacheSize()]);
  }

  /// Moves a row with all that is kept of it to another place.
  void move(int from, int to) {
    if (from == to) return;
    move(words, section.textTokens() * wordSize, from, to);
    move(masks, section.textTokens(), from, to);
    move(caches[half], section.cacheSize(), from, to);
  }

  private static void move(FloatBuffer memory, int size, int from, int to) {
    memory.put(to * size, memory, from * size, size);
  }

  /// Writes the code before `position`.
  void write(int row, long code, int position) {
    codes.put(row, code);
    positions.put(row, position);
  }

  /// Runs the first `count` rows; all of them are one position further then.
  void run(int count) {
    runExactly(fixedSize ? rows : sizes().filter(size -> size >= count).findFirst().orElseThrow());
  }

  /// From small to large.
  private IntStream sizes() {
    return IntStream.concat(Arrays.stream(SIZES).filter(size -> size < rows), IntStream.of(rows));
  }

  private void runExactly(int count) {
    bindings.computeIfAbsent(new Run(count, half), this::bind).run();
    half = 1 - half;
  }

  /// The logits of a row into `into`.
  void read(int row, float[] into) {
    logits.get(row * section.codes(), into);
  }

  private Binding bind(Run run) {
    OnnxValue present = floats(caches[1 - run.half], run.count, section.cacheSize());
    return session.bind(inputs(run), Map.of("logits", floats(logits, run.count, section.codes()), "present", present));
  }

  private Map<String, OnnxValue> inputs(Run run) {
    int count = run.count;
    int tokens = section.textTokens();
    return Map.of(
        "code", keep(OnnxValue.of(codes.slice(0, count), count)),
        "position", keep(OnnxValue.of(positions.slice(0, count), count)),
        "words", keep(OnnxValue.of(words.slice(0, count * tokens * wordSize), count, tokens, wordSize)),
        "mask", floats(masks, count, tokens),
        "past", floats(caches[run.half], count, section.cacheSize()));
  }

  private OnnxValue floats(FloatBuffer memory, int count, int size) {
    return keep(OnnxValue.of(memory.slice(0, count * size), count, size));
  }

  private OnnxValue keep(OnnxValue value) {
    values.add(value);
    return value;
  }

  private void checkInputs() {
    List<String> needed = List.of("code", "position", "words", "mask", "past");
    if (!session.inputs().keySet().equals(Set.copyOf(needed)))
      throw new InvalidModelException(
          "The prior %s has the inputs %s; %s are needed.".formatted(session.name(), session.inputs().keySet(), needed));
    ManifestCheck.input(session, "vqImage.textTokens", "words", -1, section.textTokens(), wordSize);
    ManifestCheck.input(session, "vqImage.textTokens", "mask", -1, section.textTokens());
    ManifestCheck.input(session, "vqImage.cacheSize", "past", -1, section.cacheSize());
  }

  private void checkOutputs() {
    probe(0);
    Map<String, OnnxValue> outputs = session.run(inputs(new Run(1, half)));
    check(outputs, "logits", section.codes());
    check(outputs, "present", section.cacheSize());
  }

  private void check(Map<String, OnnxValue> outputs, String name, int size) {
    OnnxValue output = outputs.get(name);
    if (output == null)
      throw new InvalidModelException("The prior has the outputs " + outputs.keySet() + "; " + name + " is needed.");
    long[] expected = {1, size};
    if (!Arrays.equals(output.shape(), expected))
      throw new InvalidModelException(
          "The prior's " + name + " is " + Arrays.toString(output.shape()) + "; the manifest promises "
              + Arrays.toString(expected) + ".");
  }

  /// Some words, something kept, somewhere in the picture.
  private void probe(int row) {
    int kind = row % PROBES;
    int tokens = section.textTokens() - Math.min(kind, section.textTokens() - 1);
    float[] vectors = LatentDraw.normal(100 + kind, section.textTokens() * wordSize);
    Arrays.fill(vectors, tokens * wordSize, vectors.length, 0);
    float[] mask = new float[section.textTokens()];
    Arrays.fill(mask, 0, tokens, 1);
    begin(row, new Words(vectors, mask, tokens, 0));
    caches[half].put(row * section.cacheSize(), LatentDraw.normal(200 + kind, section.cacheSize()));
    write(row, kind % section.codes(), section.places() * kind / PROBES);
  }

  private boolean givesTheSameBitsInEverySize() {
    float[][] expected = new float[PROBES][];
    for (int size : IntStream.concat(IntStream.of(rows), sizes()).toArray()) {
      for (int row = 0; row < rows; row++) probe(row);
      runExactly(size);
      for (int row = 0; row < size; row++) {
        float[] made = both(row);
        if (expected[row % PROBES] == null) expected[row % PROBES] = made;
        if (!Arrays.equals(expected[row % PROBES], made)) return false;
      }
    }
    return true;
  }

  /// Logits and what is kept after a run.
  private float[] both(int row) {
    float[] made = new float[section.codes() + section.cacheSize()];
    logits.get(row * section.codes(), made, 0, section.codes());
    caches[half].get(row * section.cacheSize(), made, section.codes(), section.cacheSize());
    return made;
  }

  @Override
  public void close() {
    values.forEach(OnnxValue::close);
    session.close();
  }
}
