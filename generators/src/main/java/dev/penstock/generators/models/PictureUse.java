package dev.penstock.generators.models;

/// Whether a model works from a picture.
public enum PictureUse {
  /// It takes none; a prompt with one is refused.
  NONE,
  /// A prompt may bring one.
  OPTIONAL,
  /// A prompt must bring one; its words may be left out.
  REQUIRED
}
