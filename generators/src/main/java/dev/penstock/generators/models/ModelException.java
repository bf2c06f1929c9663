package dev.penstock.generators.models;

import org.jspecify.annotations.Nullable;

/// A model cannot be used as asked; the message is one sentence that a person can act on.
public abstract class ModelException extends RuntimeException {

  protected ModelException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
