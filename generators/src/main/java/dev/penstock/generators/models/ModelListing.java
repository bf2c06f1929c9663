package dev.penstock.generators.models;

import java.nio.file.Path;

/// One folder that was found while listing models; its files' digests were not verified.
public sealed interface ModelListing {

  Path path();

  /// A folder with a valid manifest.
  record Readable(Path path, ModelManifest manifest) implements ModelListing {}

  /// A folder that holds a `model.yaml` which is not valid, and the sentence that says why.
  record Unreadable(Path path, String problem) implements ModelListing {}
}
