package dev.penstock.producer;

import java.util.List;

/// A prompt that breaks a rule of the contract. Nothing was sent.
public final class InvalidPromptException extends IllegalArgumentException {

  private final transient List<String> problems;

  public InvalidPromptException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /// One sentence each: what is wrong, what is allowed.
  public List<String> problems() {
    return problems;
  }
}
