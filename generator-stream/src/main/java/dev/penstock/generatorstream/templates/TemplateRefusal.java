package dev.penstock.generatorstream.templates;

/// A template that is not there, or that does not take the variables it was given: the request's fault.
@SuppressWarnings("serial")
public final class TemplateRefusal extends Exception {

  private final String reason;

  /// @param reason a stable code
  /// @param sentence names what is wrong and what is allowed
  TemplateRefusal(String reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
