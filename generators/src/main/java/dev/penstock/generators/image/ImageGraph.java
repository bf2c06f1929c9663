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
/// one does not, every run has the full size from then on, with rows left over that nobody reads.
final class ImageGraph implements AutoCloseable {

  private static final int PROBES = 3;

  private final OneShotImageSection section;
  private final OnnxSession session;
  private final int rows;
  private final FloatBuffer latents;
  /// One a condition.
  private final List<FloatBuffer> labels;
  private final FloatBuffer images;
  private final Picture.Shape shape;
  private final List<OnnxValue> values = new ArrayList<>();
  private final Map<Integer, Binding> bindings = new HashMap<>();
  private final boolean fixedSize;

  /// @param session closed by this
  /// @param rows the largest batch
  /// @throws InvalidModelException if the graph does not make pictures of the shape that the manifest promises
  ImageGraph(OneShotImageSection section, OnnxSession session, int rows) {
    this.section = section;
    this.session = session;
    this.rows = rows;
    this.latents = OnnxValue.allocateFloats(rows * section.latentSize());
    this.labels =
        section.conditions().stream().map(each -> OnnxValue.allocateFloats(rows * each.labels().size())).toList();
    this.shape = findShape();
    this.images = OnnxValue.allocateFloats(rows * shape.elements());
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
    bindings.computeIfAbsent(count, this::bind).run();
  }

  private Binding bind(int count) {
    long[] dimensions = shape.dimensions(count);
    OnnxValue output = keep(OnnxValue.of(images.slice(0, count * shape.elements()), dimensions));
    return session.bind(inputs(count), Map.of(section.imageOutput(), output));
  }

  private Map<String, OnnxValue> inputs(int count) {
    int size = section.latentSize();
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put(section.latentInput(), keep(OnnxValue.of(latents.slice(0, count * size), count, size)));
    for (int i = 0; i < labels.size(); i++) {
      Condition condition = section.conditions().get(i);
      int classes = condition.labels().size();
      inputs.put(condition.input(), keep(OnnxValue.of(labels.get(i).slice(0, count * classes), count, classes)));
    }
    return inputs;
  }

  private OnnxValue keep(OnnxValue value) {
    values.add(value);
    return value;
  }

  private Picture.Shape findShape() {
    OnnxValue output = session.run(inputs(1)).get(section.imageOutput());
    if (output == null)
      throw new InvalidModelException(
          "oneShotImage.imageOutput is " + section.imageOutput() + "; the graph has " + session.outputs().keySet() + ".");
    return Picture.Shape.of(output.shape(), section.layout());
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
