package dev.penstock.runtime;

import org.jspecify.annotations.Nullable;

/// Something the person at the keyboard can mend. The message is one sentence: what was wrong, where, what is
/// allowed or what to do. Shown without a stack trace.
public final class UserError extends RuntimeException {

  public UserError(String sentence) {
    this(sentence, null);
  }

  public UserError(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
