package dev.penstock.generators.image;

import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.OneShotImageSection.Condition;
import dev.penstock.generators.onnx.Binding;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The graph of a one-shot image model with memory for a batch: write rows, run, read rows. One thread.
///
/// A row's picture must not depend on the rows beside it. Whether the kernels of this machine keep that promise when
/// the batch is smaller is tried out at opening, for every size: each must give the bits that the full batch gives. If
/// one does not, every run has the full size from then on, with rows left over that nobody reads. A graph whose batch
/// has a fixed size runs as often as it takes, a part of the rows each time.
final class ImageGraph implements AutoCloseable {

  private static final int PROBES = 3;

  private final OneShotImageSection section;
  private final OnnxSession session;
  private final int rows;
  /// Rows of a run where the graph has them fixed, else 0.
  private final int part;
  private final FloatBuffer latents;
  /// One a condition.
  private final List<FloatBuffer> labels;
  private final FloatBuffer images;
  private final Picture.Shape shape;
  private final List<OnnxValue> values = new ArrayList<>();
  private final Map<Rows, Binding> bindings = new HashMap<>();
  private final boolean fixedSize;

  private record Rows(int from, int count) {}

  /// @param session closed by this
  /// @param rows the largest batch
  /// @throws InvalidModelException if the graph does not make pictures of the shape that the manifest promises
  ImageGraph(OneShotImageSection section, OnnxSession session, int rows) {
    this.section = section;
    this.session = session;
    this.part = section.batch() == null ? 0 : section.batch();
    int all = part == 0 ? rows : (rows + part - 1) / part * part;
    this.rows = all;
    this.latents = OnnxValue.allocateFloats(all * section.latentSize());
    this.labels =
        section.conditions().stream().map(each -> OnnxValue.allocateFloats(all * each.labels().size())).toList();
    checkInputs();
    this.shape = findShape();
    this.images = OnnxValue.allocateFloats(all * shape.elements());
    this.fixedSize = !givesTheSameBitsInEverySize();
  }

  Picture.Shape shape() {
    return shape;
  }

  int rows() {
    return rows;
  }

  /// Whether every run has the full batch size.
  boolean isOfFixedSize() {
    return fixedSize;
  }

  /// Writes row `row`, 0-based.
  void write(int row, PreparedImage image) {
    if (image.latent().length != section.latentSize())
      throw new IllegalArgumentException(
          "a latent of " + image.latent().length + " numbers, the model takes " + section.latentSize());
    latents.put(row * section.latentSize(), image.latent());
    for (int condition = 0; condition < labels.size(); condition++) {
      float[] weights = image.labels().get(condition);
      labels.get(condition).put(row * weights.length, weights);
    }
  }

  /// Runs the first `count` rows.
  void run(int count) {
    runExactly(fixedSize ? rows : count);
  }

  /// The picture of a row, as the graph made it; owned by the caller.
  float[] read(int row) {
    float[] image = new float[shape.elements()];
    images.get(row * shape.elements(), image);
    return image;
  }

  private void runExactly(int count) {
    int run = part == 0 ? count : part;
    for (int from = 0; from < count; from += run) bindings.computeIfAbsent(new Rows(from, run), this::bind).run();
  }

  private Binding bind(Rows run) {
    int elements = shape.elements();
    OnnxValue output =
        keep(OnnxValue.of(images.slice(run.from * elements, run.count * elements), shape.dimensions(run.count)));
    return session.bind(inputs(run), Map.of(section.imageOutput(), output));
  }

  private Map<String, OnnxValue> inputs(Rows run) {
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put(section.latentInput(), rows(latents, run, section.latentSize()));
    for (int i = 0; i < labels.size(); i++) {
      Condition condition = section.conditions().get(i);
      inputs.put(condition.input(), rows(labels.get(i), run, condition.labels().size()));
    }
    return inputs;
  }

  private OnnxValue rows(FloatBuffer memory, Rows run, int width) {
    return keep(OnnxValue.of(memory.slice(run.from * width, run.count * width), run.count, width));
  }

  private OnnxValue keep(OnnxValue value) {
    values.add(value);
    return value;
  }

  private void checkInputs() {
    long batch = part == 0 ? -1 : part;
    ManifestCheck.input(session, "oneShotImage.latentInput", section.latentInput(), batch, section.latentSize());
    for (Condition condition : section.conditions()) {
      int classes = condition.labels().size();
      ManifestCheck.input(session, "the labels of " + condition.parameter(), condition.input(), batch, classes);
    }
  }

  private Picture.Shape findShape() {
    OnnxValue output = session.run(inputs(new Rows(0, Math.max(1, part)))).get(section.imageOutput());
    if (output == null)
      throw new InvalidModelException(
          "oneShotImage.imageOutput is " + section.imageOutput() + "; the graph has " + session.outputs().keySet() + ".");
    long[] found = output.shape();
    if (part > 1 && found.length > 0 && found[0] == part) found[0] = 1;
    return Picture.Shape.of(found, section.layout());
  }

  /// Rows that differ, of [#PROBES] kinds: equal ones hide that a kernel takes another way for a row alone.
  private boolean givesTheSameBitsInEverySize() {
    for (int row = 0; row < rows; row++) {
      int kind = row % PROBES;
      float[] latent = LatentDraw.draw(kind, section.latentSize(), section.latentDistribution(), 1);
      List<float[]> each = section.conditions().stream().map(Condition::labels).map(List::size)
          .map(count -> PreparedImage.only(kind % count, count)).toList();
      write(row, new PreparedImage(each, latent, Map.of()));
    }
    runExactly(rows);
    float[][] expected = new float[PROBES][];
    for (int kind = 0; kind < PROBES; kind++) expected[kind] = read(Math.min(kind, rows - 1));
    for (int count = 1; count <= rows; count++) {
      runExactly(count);
      for (int row = 0; row < count; row++) if (!Arrays.equals(expected[row % PROBES], read(row))) return false;
    }
    return true;
  }

  @Override
  public void close() {
    values.forEach(OnnxValue::close);
    session.close();
  }
}
