package dev.penstock.generators.models;

/// Told how far a long piece of work is. Called from the working thread; must return quickly.
@FunctionalInterface
public interface Progress {

  /// Nobody listens.
  Progress NONE = (stage, done, total) -> { };

  /// @param stage what is being done, a few words
  /// @param done  bytes or steps done so far
  /// @param total how many there are; 0 if not known
  void at(String stage, long done, long total);
}
