package dev.penstock.generators.audio;

import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.piper.PiperImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Voices that are formulas, made by `src/test/python/voice-fixtures/tiny.py`.
public final class Voices {

  private Voices() {}

  /// Copies a voice as Piper has it: `tiny-voice` of one speaker, `tiny-choir` of two.
  ///
  /// @return its `.onnx` file, with the `.onnx.json` beside it
  public static Path original(String name, Path folder) throws IOException {
    for (String file : new String[] {name + ".onnx.json", name + ".onnx"})
      try (InputStream in = Objects.requireNonNull(Voices.class.getResourceAsStream(file), file)) {
        Files.copy(in, folder.resolve(file));
      }
    return folder.resolve(name + ".onnx");
  }

  public static ImportOptions options(String name) {
    return new ImportOptions(name, "1.0.0", "Apache-2.0", "file:" + name, "A formula.", WeightForm.REPRODUCIBLE, 1);
  }

  /// Imports one of them.
  public static ModelFolder imported(String name, Path folder) throws IOException {
    return PiperImporter.importVoice(
        original(name, folder), folder.resolve("models").resolve(name), options(name), (stage, done, total) -> {});
  }
}
