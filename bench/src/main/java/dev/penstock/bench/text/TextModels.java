package dev.penstock.bench.text;

import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.gguf.GgufImporter;
import dev.penstock.generators.models.source.CatalogueEntry;
import dev.penstock.generators.models.source.ModelCatalogue;
import dev.penstock.generators.models.source.ModelPuller;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// SmolLM2-135M-Instruct in the forms that are compared. The pulled folder has one of them; the others are imported
/// from the same file into `bench` in the user's cache, once.
final class TextModels {

  static final String NAME = "smollm2-135m-instruct";

  private final Map<String, String> environment = System.getenv();
  private final RunLog log;

  TextModels(RunLog log) {
    this.log = log;
  }

  /// The pulled model: 4-bit layers exactly as the file has them.
  ///
  /// @throws dev.penstock.generators.models.ModelNotFoundException if it was not pulled
  ModelFolder q4() {
    return described("q4", ModelRepository.of(List.of(), environment).find(NAME));
  }

  ModelFolder q8() throws IOException, InterruptedException {
    return described("q8", imported(WeightForm.Q8));
  }

  ModelFolder float32() throws IOException, InterruptedException {
    return described("fp32", imported(WeightForm.FLOAT32));
  }

  private ModelFolder described(String form, ModelFolder folder) {
    log.line(
        "%s: %s, weights %s, digest %s", form, NAME, folder.manifest().languageModel().weights(), folder.digest());
    return folder;
  }

  private ModelFolder imported(WeightForm form) throws IOException, InterruptedException {
    ModelCatalogue catalogue = ModelCatalogue.bundled();
    CatalogueEntry entry = catalogue.find(NAME);
    Path folder = ModelRepository.userCache(environment).resolveSibling("bench")
        .resolve(NAME + "-" + entry.version() + "-" + form.word());
    if (Files.exists(folder)) {
      try {
        return ModelFolder.open(folder);
      } catch (InvalidModelException damaged) {
        FileTree.delete(folder);
      }
    }
    ModelPuller puller = ModelPuller.of(catalogue, environment);
    Optional<Path> fetched = puller.fetchedFile(NAME);
    if (fetched.isEmpty()) {
      puller.pull(NAME, (what, done, all) -> {});
      fetched = puller.fetchedFile(NAME);
    }
    Path gguf = fetched.orElseThrow(() -> new IOException(
        "The file that " + NAME + " was imported from is gone; remove the model's folder and pull it again."));
    ImportOptions options = new ImportOptions(
        NAME, entry.version(), entry.licence(), "the file that " + NAME + " is imported from", entry.description(),
        List.of(form), entry.contextLength());
    return GgufImporter.importModel(gguf, folder, options, (what, done, all) -> {}).folder();
  }
}
