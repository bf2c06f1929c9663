package dev.penstock.generatorstream.prompt;

import dev.penstock.generators.PartialText;
import dev.penstock.generators.models.ModelManifest;
import org.jspecify.annotations.Nullable;

/// A model version that prompts may ask for.
///
/// @param digest the model digest
/// @param maxCandidates how many candidates one prompt may ask for: the slots of its lane
/// @param texts makes text of what it writes, while it writes; null if it writes none
public record ServedModel(
    ModelManifest manifest, String digest, int maxCandidates, PartialText.@Nullable Source texts) {

  /// A model that tells nothing on the way.
  public ServedModel(ModelManifest manifest, String digest, int maxCandidates) {
    this(manifest, digest, maxCandidates, null);
  }

  /// `name@version`.
  public String reference() {
    return manifest.name() + "@" + manifest.version();
  }
}
