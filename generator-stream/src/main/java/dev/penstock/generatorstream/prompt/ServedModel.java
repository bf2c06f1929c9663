package dev.penstock.generatorstream.prompt;

import dev.penstock.generators.models.ModelManifest;

/// A model version that prompts may ask for.
///
/// @param digest the model digest
/// @param maxCandidates how many candidates one prompt may ask for: the slots of its lane
public record ServedModel(ModelManifest manifest, String digest, int maxCandidates) {

  /// `name@version`.
  public String reference() {
    return manifest.name() + "@" + manifest.version();
  }
}
