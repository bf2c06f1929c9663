package dev.penstock.generators.models;

import org.jspecify.annotations.Nullable;

/// A model folder or its manifest is not what it claims to be. The message names file, key and what is allowed.
public final class InvalidModelException extends ModelException {

  public InvalidModelException(String sentence) {
    this(sentence, null);
  }

  public InvalidModelException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
