package dev.penstock.generators.image.classify;

import dev.penstock.generators.image.ManifestCheck;
import dev.penstock.generators.image.Picture;
import dev.penstock.generators.models.ImageClassifierSection;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFamily;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/// Says how probable each label of a model is for a picture; a run a picture, so that none depends on others. Any thread.
public final class ImageClassifier implements AutoCloseable {

  private final ImageClassifierSection section;
  private final OnnxSession session;

  private ImageClassifier(ImageClassifierSection section, OnnxSession session) {
    this.section = section;
    this.session = session;
    ManifestCheck.input(session, "imageClassifier.input", section.input(), shape());
    double[] grey = new double[section.height() * section.width()];
    scores(new Picture(section.width(), section.height(), new double[][] {grey, grey, grey}));
  }

  /// Loads the graph and tries it out.
  ///
  /// @throws InvalidModelException if the folder holds another family, or the graph is not what the manifest says
  public static ImageClassifier open(ModelFolder folder) {
    ImageClassifierSection section = folder.manifest().section(ImageClassifierSection.class, ModelFamily.IMAGE_CLASSIFIER);
    OnnxSession session = null;
    try {
      session = OnnxSession.open(folder.file(section.graph()));
      return new ImageClassifier(section, session);
    } catch (RuntimeException e) {
      if (session != null) session.close();
      if (!(e instanceof InferenceException)) throw e;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  public ImageClassifierSection section() {
    return section;
  }

  /// @param picture of any size, one plane or three; it is brought to the model's size, its proportions given up
  /// @return a probability a label, in the order of the labels
  public double[] scores(Picture picture) {
    Picture sized = picture.reducedTo(section.width(), section.height());
    FloatBuffer pixels = OnnxValue.allocateFloats(section.channels() * section.height() * section.width());
    write(section.channels() == 1 ? grey(sized) : sized.planes(), pixels);
    try (OnnxValue input = OnnxValue.of(pixels, shape())) {
      OnnxValue output = session.run(Map.of(section.input(), input)).get(section.output());
      if (output == null || output.size() != section.labels().size())
        throw new InvalidModelException(
            "The graph makes %s in %s; %d scores are needed, one for each of the labels."
                .formatted(output, section.output(), section.labels().size()));
      return probabilities(output.floats());
    }
  }

  private static double[][] grey(Picture picture) {
    double[] luma = new double[picture.planes()[0].length];
    for (int i = 0; i < luma.length; i++) luma[i] = picture.luma(i);
    return new double[][] {luma};
  }

  private void write(double[][] planes, FloatBuffer into) {
    int count = section.height() * section.width();
    int channels = section.channels();
    for (int c = 0; c < channels; c++) {
      double[] plane = planes[Math.min(c, planes.length - 1)];
      for (int i = 0; i < count; i++) {
        double value = (plane[i] - section.mean().get(c)) / section.deviation().get(c);
        into.put(section.layout() == Layout.NCHW ? c * count + i : i * channels + c, (float) value);
      }
    }
  }

  private long[] shape() {
    return section.layout() == Layout.NCHW
        ? new long[] {1, section.channels(), section.height(), section.width()}
        : new long[] {1, section.height(), section.width(), section.channels()};
  }

  private double[] probabilities(FloatBuffer output) {
    double[] scores = new double[output.remaining()];
    for (int i = 0; i < scores.length; i++) scores[i] = output.get(i);
    if (!section.softmax()) return scores;
    double most = Arrays.stream(scores).max().orElseThrow();
    double sum = 0;
    for (int i = 0; i < scores.length; i++) sum += scores[i] = Math.exp(scores[i] - most);
    for (int i = 0; i < scores.length; i++) scores[i] /= sum;
    return scores;
  }

  @Override
  public void close() {
    session.close();
  }
}
