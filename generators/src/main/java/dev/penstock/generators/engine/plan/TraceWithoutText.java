package dev.penstock.generators.engine.plan;

/// The stack of a throwable without its messages, for the log: a message may quote a prompt.
public final class TraceWithoutText extends Exception {

  private TraceWithoutText(Throwable original) {
    super(original.getClass().getName(), original.getCause() == null ? null : of(original.getCause()), false, true);
    setStackTrace(original.getStackTrace());
  }

  public static TraceWithoutText of(Throwable original) {
    return new TraceWithoutText(original);
  }
}
