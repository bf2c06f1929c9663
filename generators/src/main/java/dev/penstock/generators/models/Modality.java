package dev.penstock.generators.models;

import java.util.Locale;

/// What a model makes.
public enum Modality {
  TEXT, IMAGE, AUDIO, VIDEO;

  /// The word used in `model.yaml` and in records.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
