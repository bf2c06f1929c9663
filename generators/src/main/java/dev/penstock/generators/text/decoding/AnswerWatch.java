package dev.penstock.generators.text.decoding;

/// Reads one candidate's answer while it is written, and may end it. Called by the lane's thread once a token, so it
/// must be quick; a new one for each execution of each candidate.
@FunctionalInterface
public interface AnswerWatch {

  /// Takes the next token; a stop token is never given.
  ///
  /// @return whether the answer ends with this token
  boolean ends(int token);
}
