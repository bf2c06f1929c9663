package dev.penstock.generators.models;

/// A prompt set a parameter that its model does not have, or to a value outside the range: the request's fault.
///
/// [#getMessage()] is one sentence that names parameter, value and what is allowed; the parts are there for
/// records that carry them apart.
public final class InvalidParameterException extends ModelException {

  private final String parameter;
  private final String value;
  private final String allowed;

  InvalidParameterException(String parameter, String value, String allowed, String sentence) {
    super(sentence, null);
    this.parameter = parameter;
    this.value = value;
    this.allowed = allowed;
  }

  /// The parameter's name as the prompt wrote it.
  public String parameter() {
    return parameter;
  }

  /// The refused value, shortened to 80 characters.
  public String value() {
    return value;
  }

  /// What would have been accepted.
  public String allowed() {
    return allowed;
  }
}
