package dev.penstock.generators.models.source;

import dev.penstock.generators.models.ModelException;
import org.jspecify.annotations.Nullable;

/// A model's source cannot be fetched, or what came is not what was pinned. One sentence says why and what helps.
public final class SourceException extends ModelException {

  private static final long serialVersionUID = 1L;

  SourceException(String sentence) {
    this(sentence, null);
  }

  SourceException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
