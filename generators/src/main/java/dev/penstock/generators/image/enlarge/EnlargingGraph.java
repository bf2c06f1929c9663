package dev.penstock.generators.image.enlarge;

import dev.penstock.generators.image.ManifestCheck;
import dev.penstock.generators.image.Picture;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.SuperResolutionSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/// The graph of a super-resolution model: one window a run. One thread.
final class EnlargingGraph implements AutoCloseable {

  private final SuperResolutionSection section;
  private final OnnxSession session;

  /// @param session closed by this
  /// @throws InvalidModelException the graph does not make what the manifest promises
  EnlargingGraph(SuperResolutionSection section, OnnxSession session) {
    this.section = section;
    this.session = session;
    int width = section.width() == null ? 24 : section.width();
    int height = section.height() == null ? 16 : section.height();
    ManifestCheck.input(session, "superResolution.input", section.input(), shape(section.channels(), width, height, 1));
    double[] grey = new double[width * height];
    Windows whole = Windows.of(width, height, width, height, 0);
    float[][] enlarged = new float[3][grey.length * section.scale() * section.scale()];
    enlarge(new Picture(width, height, new double[][] {grey, grey, grey}), whole, 0, enlarged);
  }

  int scale() {
    return section.scale();
  }

  /// Enlarges one window and writes what is kept of it.
  ///
  /// @param into float32 `[3][height * scale * width * scale]` of the whole picture, 0..1
  void enlarge(Picture picture, Windows windows, int window, float[][] into) {
    Windows.Part column = windows.column(window);
    Windows.Part row = windows.row(window);
    if (section.channels() == 3) {
      FloatBuffer made = run(picture.planes(), picture, column, row);
      for (int c = 0; c < 3; c++) keep(made, c, picture.width(), column, row, into[c]);
      return;
    }
    for (int c = 0; c < 3; c++) {
      FloatBuffer made = run(new double[][] {picture.planes()[c]}, picture, column, row);
      keep(made, 0, picture.width(), column, row, into[c]);
    }
  }

  private FloatBuffer run(double[][] planes, Picture picture, Windows.Part column, Windows.Part row) {
    int channels = planes.length;
    FloatBuffer pixels = OnnxValue.allocateFloats(channels * column.length() * row.length());
    OutputRange range = section.inputRange();
    for (int y = 0; y < row.length(); y++) {
      int from = Math.min(row.start() + y, picture.height() - 1) * picture.width();
      for (int x = 0; x < column.length(); x++) {
        int pixel = from + Math.min(column.start() + x, picture.width() - 1);
        for (int c = 0; c < channels; c++) {
          double value = range.low() + planes[c][pixel] * (range.high() - range.low());
          pixels.put(at(channels, column.length(), row.length(), c, x, y), (float) value);
        }
      }
    }
    try (OnnxValue input = OnnxValue.of(pixels, shape(channels, column.length(), row.length(), 1))) {
      OnnxValue output = session.run(Map.of(section.input(), input)).get(section.output());
      long[] expected = shape(channels, column.length(), row.length(), section.scale());
      if (output == null || !Arrays.equals(output.shape(), expected))
        throw new InvalidModelException(
            "The graph makes %s of %s; the manifest promises %s in %s."
                .formatted(output, input, Arrays.toString(expected), section.output()));
      return output.floats();
    }
  }

  private long[] shape(int channels, int width, int height, int scale) {
    return section.layout() == Layout.NCHW
        ? new long[] {1, channels, (long) height * scale, (long) width * scale}
        : new long[] {1, (long) height * scale, (long) width * scale, channels};
  }

  private int at(int channels, int width, int height, int c, int x, int y) {
    return section.layout() == Layout.NCHW ? (c * height + y) * width + x : (y * width + x) * channels + c;
  }

  private void keep(FloatBuffer made, int channel, int pictureWidth, Windows.Part column, Windows.Part row, float[] plane) {
    int scale = section.scale();
    int width = column.length() * scale;
    int height = row.length() * scale;
    OutputRange range = section.outputRange();
    for (int y = row.from() * scale; y < row.to() * scale; y++) {
      for (int x = column.from() * scale; x < column.to() * scale; x++) {
        int at = at(section.channels(), width, height, channel, x - column.start() * scale, y - row.start() * scale);
        plane[y * pictureWidth * scale + x] = (float) ((made.get(at) - range.low()) / (range.high() - range.low()));
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
