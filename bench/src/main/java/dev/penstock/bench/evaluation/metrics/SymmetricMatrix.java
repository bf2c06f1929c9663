package dev.penstock.bench.evaluation.metrics;

/// Eigenvalues of symmetric matrices by Jacobi's method (Golub and Van Loan, Matrix Computations, 8.5), and their root.
final class SymmetricMatrix {

  private static final int MOST_SWEEPS = 60;
  private static final double SMALL = 1e-22;

  /// Eigenvalues in no order, and eigenvectors in the columns.
  record Eigen(double[] values, double[][] vectors) {}

  private SymmetricMatrix() {}

  static Eigen eigen(double[][] symmetric) {
    int size = symmetric.length;
    double[][] a = new double[size][];
    double[][] v = new double[size][size];
    for (int i = 0; i < size; i++) {
      a[i] = symmetric[i].clone();
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && outside(a) > SMALL * inside(a); sweep++) {
      for (int p = 0; p < size; p++) for (int q = p + 1; q < size; q++) if (a[p][q] != 0) rotate(a, v, p, q);
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) values[i] = a[i][i];
    return new Eigen(values, v);
  }

  /// Makes a[p][q] zero.
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (double[] row : a) turn(row, p, q, c, s);
    double[] first = a[p];
    double[] second = a[q];
    for (int i = 0; i < first.length; i++) {
      double x = first[i];
      first[i] = c * x - s * second[i];
      second[i] = s * x + c * second[i];
    }
    for (double[] row : v) turn(row, p, q, c, s);
  }

  private static void turn(double[] row, int p, int q, double c, double s) {
    double x = row[p];
    row[p] = c * x - s * row[q];
    row[q] = s * x + c * row[q];
  }

  private static double outside(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) for (int j = 0; j < i; j++) sum += a[i][j] * a[i][j];
    return sum;
  }

  private static double inside(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i][i] * a[i][i];
    return sum;
  }

  /// The positive semi-definite root; negative eigenvalues, which rounding makes, count as 0.
  static double[][] root(double[][] symmetric) {
    Eigen eigen = eigen(symmetric);
    int size = symmetric.length;
    double[][] root = new double[size][size];
    for (int k = 0; k < size; k++) {
      double factor = Math.sqrt(Math.max(0, eigen.values[k]));
      for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) root[i][j] += factor * eigen.vectors[i][k] * eigen.vectors[j][k];
    }
    return root;
  }

  static double[][] product(double[][] left, double[][] right) {
    int size = left.length;
    double[][] product = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        double factor = left[i][k];
        if (factor != 0) for (int j = 0; j < size; j++) product[i][j] += factor * right[k][j];
      }
    }
    return product;
  }
}
