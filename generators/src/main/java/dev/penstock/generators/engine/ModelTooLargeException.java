package dev.penstock.generators.engine;

/// A model that needs more memory than all models together are allowed. The message says both figures.
public final class ModelTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelTooLargeException(String model, long bytes, long most) {
    super("Model " + model + " needs about " + megabytes(bytes) + " MB of memory; all models together may take "
        + megabytes(most) + " MB.");
  }

  private static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1_000_000);
  }
}
