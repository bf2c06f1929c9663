package dev.penstock.generators.models.importing;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.gguf.GgufImporter;
import dev.penstock.generators.models.huggingface.CheckpointImporter;
import dev.penstock.generators.models.huggingface.TokenClassificationImporter;
import dev.penstock.generators.models.onnximport.OnnxFolderImporter;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import java.nio.file.Path;
import java.util.Locale;

/// Imports a model of any [ModelKind].
public final class ModelImporter {

  private static final int LONGEST_NAME = 64;

  private ModelImporter() {}

  /// Imports what is at `path` into the folder `target`, which must not exist yet.
  ///
  /// @throws dev.penstock.generators.models.ModelException it is damaged, of a kind that cannot be imported, or the
  ///     target exists; one sentence says what and where
  public static Imported importModel(Path path, Path target, ImportOptions options, Progress progress) {
    return switch (ModelKind.of(path)) {
      case GGUF -> GgufImporter.importModel(path, target, options, progress);
      case GENAI -> OnnxFolderImporter.importGenai(path, target, options, progress);
      case CHECKPOINT -> CheckpointImporter.importModel(path, target, options, progress);
      case TOKEN_CLASSIFICATION -> TokenClassificationImporter.importModel(path, target, options, progress);
      case ONNX -> OnnxFolderImporter.importOptimum(path, target, options, progress);
      case PIPER -> throw new ModelImportException(path + " is a Piper voice; a language model is needed here.");
      case DIFFUSERS, ONE_SHOT, PENSTOCK -> throw new ModelImportException(path + " is no language model.");
    };
  }

  /// The name that a model gets from its file or folder: lower-case, without `.gguf` and `.onnx`, other characters as dashes.
  public static String nameOf(Path path) {
    Path file = path.toAbsolutePath().normalize().getFileName();
    String name = (file == null ? "" : file.toString()).toLowerCase(Locale.ROOT)
        .replaceFirst("\\.(gguf|onnx)$", "").replaceAll("[^a-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
    return name.isEmpty() ? "model" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
