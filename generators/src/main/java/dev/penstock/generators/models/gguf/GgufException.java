package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.ModelException;
import org.jspecify.annotations.Nullable;

/// A GGUF file is damaged, or holds what cannot be imported. The message names the file, what is wrong and where.
public final class GgufException extends ModelException {

  private static final long serialVersionUID = 1L;

  GgufException(String sentence) {
    this(sentence, null);
  }

  GgufException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
