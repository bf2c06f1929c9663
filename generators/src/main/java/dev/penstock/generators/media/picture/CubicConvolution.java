package dev.penstock.generators.media.picture;

/// Cubic convolution with a = -1/2 (Keys, "Cubic convolution interpolation for digital image processing", 1981), for
/// making pictures larger or smaller. Where they become smaller the kernel is as much wider, so that every old pixel
/// counts. Plain double arithmetic, so the same on every machine.
public final class CubicConvolution {

  private static final double A = -0.5;

  private CubicConvolution() {}

  /// A rectangle of a picture, in pixels, edges anywhere between them.
  public record Window(double x, double y, double width, double height) {
    public Window {
      if (!(width > 0) || !(height > 0))
        throw new IllegalArgumentException("a window of " + width + " x " + height + " shows nothing");
    }
  }

  /// Resizes one plane.
  ///
  /// @param plane `[height * width]`, in 0..1
  /// @return `[newHeight * newWidth]`, in 0..1
  public static double[] resize(double[] plane, int width, int height, int newWidth, int newHeight) {
    return resize(plane, width, height, new Window(0, 0, width, height), newWidth, newHeight);
  }

  /// Resizes what a window shows of one plane, rows first, then columns; pixels beyond the edge are those at the edge.
  /// Cubic convolution overshoots at hard edges, so the result is cut to 0..1.
  ///
  /// @param plane `[height * width]`, in 0..1
  /// @return `[newHeight * newWidth]`, in 0..1
  public static double[] resize(
      double[] plane, int width, int height, Window window, int newWidth, int newHeight) {
    Taps across = new Taps(window.x, window.width, width, newWidth);
    double[] wide = new double[height * newWidth];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < newWidth; x++) {
        double sum = 0;
        for (int k = 0; k < across.count; k++) sum += across.weights[x][k] * plane[y * width + across.indices[x][k]];
        wide[y * newWidth + x] = sum;
      }
    }
    Taps down = new Taps(window.y, window.height, height, newHeight);
    double[] resized = new double[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      for (int k = 0; k < down.count; k++) {
        double weight = down.weights[y][k];
        int row = down.indices[y][k] * newWidth;
        for (int x = 0; x < newWidth; x++) resized[y * newWidth + x] += weight * wide[row + x];
      }
      for (int x = 0; x < newWidth; x++) resized[y * newWidth + x] = Math.clamp(resized[y * newWidth + x], 0, 1);
    }
    return resized;
  }

  /// Which old pixels make each new one, and how much of them.
  private static final class Taps {
    private final int count;
    private final int[][] indices;
    private final double[][] weights;

    Taps(double start, double length, int size, int newSize) {
      double shrinking = Math.max(1, length / newSize);
      count = 2 * (int) Math.ceil(2 * shrinking);
      indices = new int[newSize][count];
      weights = new double[newSize][count];
      for (int i = 0; i < newSize; i++) {
        double position = start + (i + 0.5) * length / newSize - 0.5;
        double whole = Math.floor(position);
        int first = (int) whole - count / 2 + 1;
        double sum = 0;
        for (int k = 0; k < count; k++) {
          indices[i][k] = Math.clamp(first + k, 0, size - 1);
          weights[i][k] = kernel(Math.abs(position - whole + count / 2 - 1 - k) / shrinking);
          sum += weights[i][k];
        }
        if (shrinking > 1) for (int k = 0; k < count; k++) weights[i][k] /= sum;
      }
    }
  }

  private static double kernel(double distance) {
    if (distance <= 1) return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
    if (distance < 2) return ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A;
    return 0;
  }
}
