package dev.penstock.generators.families;

import dev.penstock.generators.Generator;
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import java.util.function.Supplier;

/// A verified model folder that can be loaded again and again. Any thread.
///
/// @param bytes what it takes at most while it is loaded, with all slots full
/// @param opening loads it
record FolderSource<P, D>(ModelFolder folder, int slots, long bytes, Supplier<Generator<P, D>> opening)
    implements GeneratorSource<P, D> {

  @Override
  public String name() {
    return folder.manifest().name() + "@" + folder.manifest().version();
  }

  /// @throws InvalidModelException if a file cannot be used as the manifest says, or its first steps fail
  @Override
  public Generator<P, D> open() {
    Generator<P, D> generator = opening.get();
    try {
      WarmUp.of(generator, folder.manifest());
      return generator;
    } catch (Exception e) {
      generator.close();
      throw new InvalidModelException("Model " + name() + " was loaded and does not run: " + e.getMessage(), e);
    }
  }
}
