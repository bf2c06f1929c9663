package dev.penstock.generators.text.template.value;

/// An operation that a value does not take, in one sentence that names kinds and names but never content.
/// Carries no place: whoever walks the template adds it.
public final class ValueError extends RuntimeException {
  private static final long serialVersionUID = 1;

  public enum Reason {
    /// The operation does not take these values.
    OPERATION,
    /// A bound of the [Budget] was met.
    LIMIT,
    /// The template called `raise_exception`; the message is its own.
    RAISED
  }

  private final Reason reason;

  private ValueError(Reason reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = reason;
  }

  public static ValueError of(String sentence) {
    return new ValueError(Reason.OPERATION, sentence);
  }

  public static ValueError raised(String message) {
    return new ValueError(Reason.RAISED, message);
  }

  static ValueError limit(String sentence) {
    return new ValueError(Reason.LIMIT, sentence);
  }

  /// A function, method or filter was called with arguments that it does not have.
  static ValueError arguments(String callee, String problem) {
    return of("%s %s.".formatted(callee, problem));
  }

  public Reason reason() {
    return reason;
  }

  public String sentence() {
    return getMessage() == null ? "" : getMessage();
  }
}
