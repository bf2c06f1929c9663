package dev.penstock.generators.text.constraint;

/// A schema or a regular expression that cannot be kept. The message is one sentence: what, where, what is allowed.
public final class ConstraintException extends Exception {

  private final String reason;

  ConstraintException(String reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  /// `INVALID_SCHEMA` or `INVALID_PARAMETER`.
  public String reason() {
    return reason;
  }
}
