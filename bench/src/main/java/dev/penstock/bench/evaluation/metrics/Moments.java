package dev.penstock.bench.evaluation.metrics;

/// Mean and covariance of a set of vectors.
///
/// @param covariance with the number of vectors less one below the line, as numpy's `cov`
public record Moments(double[] mean, double[][] covariance) {

  public static Moments of(double[][] vectors) {
    int[] every = new int[vectors.length];
    for (int i = 0; i < every.length; i++) every[i] = i;
    return of(vectors, every);
  }

  /// Of the vectors with these numbers, some of them perhaps more than once.
  public static Moments of(double[][] vectors, int[] chosen) {
    if (chosen.length < 2) throw new IllegalArgumentException("a covariance needs at least 2 vectors");
    int size = vectors[0].length;
    double[] mean = new double[size];
    for (int row : chosen) for (int i = 0; i < size; i++) mean[i] += vectors[row][i] / chosen.length;
    double[][] covariance = new double[size][size];
    double[] apart = new double[size];
    for (int row : chosen) {
      for (int i = 0; i < size; i++) apart[i] = vectors[row][i] - mean[i];
      for (int i = 0; i < size; i++) {
        double[] line = covariance[i];
        double factor = apart[i];
        if (factor != 0) for (int j = 0; j <= i; j++) line[j] += factor * apart[j];
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] /= chosen.length - 1;
        covariance[j][i] = covariance[i][j];
      }
    }
    return new Moments(mean, covariance);
  }
}
