package dev.penstock.generators.models;

import java.util.Comparator;

/// A semantic version in its order; a pre-release comes before the release it leads to.
record ModelVersion(int major, int minor, int patch, String preRelease) implements Comparable<ModelVersion> {

  static final ModelVersion LOWEST = new ModelVersion(0, 0, 0, "-");

  private static final Comparator<ModelVersion> ORDER = Comparator.comparingInt(ModelVersion::major)
      .thenComparingInt(ModelVersion::minor)
      .thenComparingInt(ModelVersion::patch)
      .thenComparing(version -> version.preRelease.isEmpty())
      .thenComparing(ModelVersion::preRelease);

  /// Parses what [ModelManifest#VERSION] accepted.
  static ModelVersion parse(String text) {
    int dash = text.indexOf('-');
    String[] numbers = (dash < 0 ? text : text.substring(0, dash)).split("\\.");
    return new ModelVersion(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]),
        Integer.parseInt(numbers[2]), dash < 0 ? "" : text.substring(dash + 1));
  }

  @Override
  public int compareTo(ModelVersion other) {
    return ORDER.compare(this, other);
  }
}
