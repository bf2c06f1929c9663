package dev.penstock.generators.image;

/// Cubic convolution with a = -1/2 (Keys, "Cubic convolution interpolation for digital image processing", 1981), for
/// making pictures larger. Plain double arithmetic, so the same on every machine.
final class Bicubic {

  private static final double A = -0.5;

  private Bicubic() {}

  /// Resizes one plane, rows first, then columns; pixels beyond the edge are those at the edge. Cubic convolution
  /// overshoots at hard edges, so the result is cut to 0..1.
  ///
  /// @param plane `[height * width]`, in 0..1
  /// @return `[newHeight * newWidth]`, in 0..1
  static double[] resize(double[] plane, int width, int height, int newWidth, int newHeight) {
    double[][] across = weights(width, newWidth);
    int[] left = firsts(width, newWidth);
    double[] wide = new double[height * newWidth];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < newWidth; x++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) sum += across[x][k] * plane[y * width + Math.clamp(left[x] + k, 0, width - 1)];
        wide[y * newWidth + x] = sum;
      }
    }
    double[][] down = weights(height, newHeight);
    int[] top = firsts(height, newHeight);
    double[] resized = new double[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) sum += down[y][k] * wide[Math.clamp(top[y] + k, 0, height - 1) * newWidth + x];
        resized[y * newWidth + x] = Math.clamp(sum, 0, 1);
      }
    }
    return resized;
  }

  /// Where the middle of each new pixel lies among the old ones.
  private static double position(int i, int size, int newSize) {
    return (i + 0.5) * size / newSize - 0.5;
  }

  private static int[] firsts(int size, int newSize) {
    int[] firsts = new int[newSize];
    for (int i = 0; i < newSize; i++) firsts[i] = (int) Math.floor(position(i, size, newSize)) - 1;
    return firsts;
  }

  private static double[][] weights(int size, int newSize) {
    double[][] weights = new double[newSize][4];
    for (int i = 0; i < newSize; i++) {
      double position = position(i, size, newSize);
      double fraction = position - Math.floor(position);
      for (int k = 0; k < 4; k++) weights[i][k] = kernel(Math.abs(fraction + 1 - k));
    }
    return weights;
  }

  private static double kernel(double distance) {
    if (distance <= 1) return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
    if (distance < 2) return ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A;
    return 0;
  }
}
