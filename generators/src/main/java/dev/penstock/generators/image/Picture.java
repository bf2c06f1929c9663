package dev.penstock.generators.image;

import dev.penstock.generators.media.picture.CubicConvolution;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import java.util.Arrays;

/// A picture as planes of numbers from 0 (black) to 1 (full).
///
/// @param planes float64 `[channels][height * width]`, one plane for grey, three for red, green and blue
public record Picture(int width, int height, double[][] planes) {

  /// The shape of one row of a graph's output.
  public record Shape(Layout layout, int channels, int height, int width) {

    /// @param batch the output's whole shape, for a batch of one
    /// @throws InvalidModelException if that is no batch of grey or colour pictures
    public static Shape of(long[] batch, Layout layout) {
      if (batch.length == 4 && batch[0] == 1) {
        int[] d = Arrays.stream(batch).mapToInt(Math::toIntExact).toArray();
        Shape shape =
            switch (layout) {
              case NCHW -> new Shape(layout, d[1], d[2], d[3]);
              case NHWC -> new Shape(layout, d[3], d[1], d[2]);
            };
        if (shape.channels == 1 || shape.channels == 3) return shape;
      }
      throw new InvalidModelException(
          "The graph makes " + Arrays.toString(batch) + "; " + layout + " with 1 or 3 channels is needed.");
    }

    public int elements() {
      return channels * height * width;
    }

    public long[] dimensions(int batch) {
      return switch (layout) {
        case NCHW -> new long[] {batch, channels, height, width};
        case NHWC -> new long[] {batch, height, width, channels};
      };
    }
  }

  /// A row of a graph's output as a picture; values outside of the range are cut.
  public static Picture of(float[] row, Shape shape, OutputRange range) {
    if (row.length != shape.elements())
      throw new IllegalArgumentException(row.length + " numbers for a picture of " + shape);
    int pixels = shape.height * shape.width;
    double[][] planes = new double[shape.channels][pixels];
    for (int c = 0; c < shape.channels; c++) {
      for (int i = 0; i < pixels; i++) {
        float value = shape.layout == Layout.NCHW ? row[c * pixels + i] : row[i * shape.channels + c];
        planes[c][i] = Math.clamp((value - range.low()) / (range.high() - range.low()), 0, 1);
      }
    }
    return new Picture(shape.width, shape.height, planes);
  }

  /// The picture in another size.
  public Picture resized(int newWidth, int newHeight) {
    double[][] resized = new double[planes.length][];
    for (int c = 0; c < planes.length; c++)
      resized[c] = CubicConvolution.resize(planes[c], width, height, newWidth, newHeight);
    return new Picture(newWidth, newHeight, resized);
  }

  /// How bright a pixel is (luma of ITU-R BT.601), 0..1.
  public double luma(int pixel) {
    if (planes.length == 1) return planes[0][pixel];
    return 0.299 * planes[0][pixel] + 0.587 * planes[1][pixel] + 0.114 * planes[2][pixel];
  }

  /// The picture in a size that may be much smaller: halved by means of four pixels as often as that goes, so that nothing
  /// fine is skipped, then resized.
  public Picture reducedTo(int newWidth, int newHeight) {
    Picture reduced = this;
    while (reduced.width >= 2 * newWidth && reduced.height >= 2 * newHeight) reduced = reduced.halved();
    return reduced.width == newWidth && reduced.height == newHeight ? reduced : reduced.resized(newWidth, newHeight);
  }

  private Picture halved() {
    int w = width / 2;
    int h = height / 2;
    double[][] halves = new double[planes.length][w * h];
    for (int c = 0; c < planes.length; c++) {
      double[] plane = planes[c];
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int at = 2 * y * width + 2 * x;
          halves[c][y * w + x] = (plane[at] + plane[at + 1] + plane[at + width] + plane[at + width + 1]) / 4;
        }
      }
    }
    return new Picture(w, h, halves);
  }

  /// The picture in the same proportions, its longer side of so many pixels.
  public Picture withLongerSide(int pixels) {
    double factor = (double) pixels / Math.max(width, height);
    return resized(Math.max(1, (int) Math.round(width * factor)), Math.max(1, (int) Math.round(height * factor)));
  }
}
