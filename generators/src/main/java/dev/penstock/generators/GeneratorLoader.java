package dev.penstock.generators;

import dev.penstock.generators.image.OneShotImageGenerator;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.TextEmbedder;

/// Where a model folder becomes a generator: one case a family, and no default, so that a new family does not compile
/// until it is loaded here.
public final class GeneratorLoader {

  private GeneratorLoader() {}

  /// Loads a verified model folder; takes from some hundred milliseconds to minutes, with the size of the model.
  ///
  /// @param embedder shared by all generators of the process; must outlive them, not closed by them
  /// @return closed by the caller, or by the engine it is given to
  /// @throws InvalidModelException if a file cannot be used as the manifest says
  public static Generator<?, ?> open(ModelFolder folder, TextEmbedder embedder) {
    return switch (folder.manifest().section()) {
      case LanguageModelSection _ -> LanguageModelGenerator.open(folder, embedder);
      case OneShotImageSection _ -> OneShotImageGenerator.open(folder, embedder);
    };
  }
}
