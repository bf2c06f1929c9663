package dev.penstock.generators;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A generation that ended without content. The message is one sentence for the person who sent the prompt:
/// what was wrong, where, what is allowed. Never contains prompt text.
public abstract sealed class GenerationException extends Exception {

  private final String reason;

  private GenerationException(String reason, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.reason = Objects.requireNonNull(reason);
  }

  /// A stable upper-case code, for example `CONTEXT_OVERFLOW`.
  public final String reason() {
    return reason;
  }

  /// The request's own fault: answer it and go on.
  public static final class Rejected extends GenerationException {
    public Rejected(String reason, String sentence) {
      super(reason, sentence, null);
    }
  }

  /// The request failed alone, so trying it again would fail again: a dead letter.
  public static final class Broken extends GenerationException {
    /// @param cause what was thrown, if anything was
    public Broken(String reason, String sentence, @Nullable Throwable cause) {
      super(reason, sentence, cause);
    }
  }

  /// The deadline passed before the result was there.
  public static final class Expired extends GenerationException {
    public Expired(String sentence) {
      super("EXPIRED", sentence, null);
    }
  }

  /// Somebody who may do so took the request back.
  public static final class Cancelled extends GenerationException {
    public Cancelled(String sentence) {
      super("CANCELLED", sentence, null);
    }
  }
}
