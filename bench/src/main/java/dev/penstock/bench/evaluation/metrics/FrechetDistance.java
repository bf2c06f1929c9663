package dev.penstock.bench.evaluation.metrics;

/// Fréchet distance of two sets of vectors, each taken for a Gaussian (Dowson and Landau 1982; Heusel et al. 2017):
/// |m1 - m2|^2 + tr(C1 + C2 - 2 (C1^1/2 C2 C1^1/2)^1/2). Squared, as the field reports it.
public final class FrechetDistance {

  private final Moments real;
  private final double[][] root;

  /// @param real what others are compared with
  public FrechetDistance(Moments real) {
    this.real = real;
    this.root = SymmetricMatrix.root(real.covariance());
  }

  public double to(Moments other) {
    double sum = 0;
    for (int i = 0; i < root.length; i++) {
      double apart = real.mean()[i] - other.mean()[i];
      sum += apart * apart + real.covariance()[i][i] + other.covariance()[i][i];
    }
    double[][] inner = SymmetricMatrix.product(SymmetricMatrix.product(root, other.covariance()), root);
    for (double value : SymmetricMatrix.eigen(symmetric(inner)).values()) sum -= 2 * Math.sqrt(Math.max(0, value));
    return Math.max(0, sum);
  }

  /// Rounding makes the product's halves differ.
  private static double[][] symmetric(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        matrix[i][j] = (matrix[i][j] + matrix[j][i]) / 2;
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }
}
