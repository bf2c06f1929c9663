package dev.penstock.generators.models;

import org.jspecify.annotations.Nullable;

/// A model that somebody brings is damaged or of a kind that cannot be imported. The message names the file, what is
/// wrong and what is possible.
public final class ModelImportException extends ModelException {

  private static final long serialVersionUID = 1L;

  public ModelImportException(String sentence) {
    this(sentence, null);
  }

  public ModelImportException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
