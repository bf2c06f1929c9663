package dev.penstock.generators.text;

import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.onnx.NativeLibraries;
import dev.penstock.generators.onnx.OnnxRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the promise that an answer does not depend on what runs beside it, on the user's own processor: a model that
/// breaks it there is not loaded. Checked once for a model, a runtime, a processor and a number of threads and slots;
/// that it passed is written down in the user's cache. Safe for many threads and processes.
final class SelfCheck {

  /// `false` loads a model all the same whose answers depend on what runs beside them.
  static final String REPRODUCIBLE = "penstock.reproducible";

  private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);

  private final Path folder;

  /// @param folder where passed checks are written down
  SelfCheck(Path folder) {
    this.folder = folder;
  }

  /// `self-checks` in `PENSTOCK_CACHE`, which is `~/.cache/penstock` unless it is set.
  static SelfCheck ofUser() {
    return new SelfCheck(NativeLibraries.folder().resolveSibling("self-checks"));
  }

  /// @param model its digest, and how its weights are held
  /// @param difference runs the check; says where the bits are others, as the end of a sentence
  /// @throws IllegalArgumentException if the model breaks the promise and must not
  void check(String model, LanguageModelSettings settings, Supplier<Optional<String>> difference) {
    if (!Boolean.parseBoolean(System.getProperty(REPRODUCIBLE, "true"))) return;
    Optional<Path> passed = OnnxRuntime.kernels().map(kernels -> folder.resolve(
        Sha256.of(String.join("\n", model, kernels, settings.slots() + " slots")).substring(0, 32)));
    if (passed.isPresent() && Files.exists(passed.get())) return;
    difference.get().ifPresent(where -> {
      throw new IllegalArgumentException(
          "on this processor it computes other numbers " + where + ", so that answers would depend on what runs beside"
              + " them; -D" + REPRODUCIBLE + "=false in PENSTOCK_JAVA_OPTS loads it all the same");
    });
    passed.ifPresent(this::write);
  }

  private void write(Path passed) {
    try {
      Files.createDirectories(folder);
      Files.write(passed, new byte[0]);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", folder).addKeyValue("cause", String.valueOf(e.getMessage()))
          .log("A passed self-check cannot be written down, each start repeats it");
    }
  }
}
