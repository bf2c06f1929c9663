package dev.penstock.generatorstream;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.SpeechSection;
import dev.penstock.generators.models.diffusers.DiffusersImporter;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.importing.ModelKind;
import dev.penstock.generators.models.oneshot.Added;
import dev.penstock.generators.models.oneshot.OneShotImporter;
import dev.penstock.generators.models.oneshot.OneShotSettings;
import dev.penstock.generators.models.writing.DraftFolder;
import dev.penstock.generators.samples.Samples;
import dev.penstock.generators.text.MiniLmEmbedder;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// Adds one model of any kind: inspects it, says what it is, writes its folder and samples of what it makes. The folder
/// gets its name last, so a model that does not run is not there.
///
/// @param settings what the file of [AddOptions#yaml] says of it
/// @param options  what the user says of it
/// @param tell     takes the lines that its user reads
record AddedModel(Path path, ModelKind kind, OneShotSettings settings, String name, String licence, AddOptions options,
    Consumer<String> tell) {

  /// @throws UserError an option cannot be used
  /// @throws dev.penstock.generators.models.ModelException there is nothing that can be added
  static AddedModel of(Path path, AddOptions options, Consumer<String> tell) {
    ModelKind kind = ModelKind.of(path);
    options.checkFor(path, kind);
    if (kind == ModelKind.PENSTOCK) return finished(path, tell);
    Path yaml = options.yaml();
    OneShotSettings settings = yaml == null ? OneShotSettings.none() : OneShotSettings.read(yaml);
    if (kind != ModelKind.ONE_SHOT && settings.saysMoreThanNames())
      throw new UserError("%s: of %s only name and licence can be said".formatted(yaml, kind.words()));
    String name = options.name();
    String called = name != null ? name : settings.name().orElseGet(() -> ModelImporter.nameOf(path));
    if (!called.matches("[a-z0-9][a-z0-9._-]{0,63}"))
      throw new UserError(
          "The name '" + called + "' cannot be used; lower-case letters, digits, '.', '_' and '-', at most 64, are allowed.");
    String licence = options.licence();
    String of = licence != null ? licence : settings.licence().orElse("NOASSERTION");
    return new AddedModel(path, kind, settings, called, of, options, tell);
  }

  private static AddedModel finished(Path path, Consumer<String> tell) {
    ModelManifest manifest = ModelManifest.read(path.resolve(ModelManifest.FILE_NAME));
    return new AddedModel(
        path, ModelKind.PENSTOCK, OneShotSettings.none(), manifest.name(), manifest.licence(), AddOptions.NONE, tell);
  }

  /// Adds it to the user's cache. A model that is made of others finds them there or among the bundled ones.
  ///
  /// @throws dev.penstock.generators.models.ModelException one sentence: what is wrong, where, what is allowed
  void addTo(Map<String, String> environment) {
    Path models = ModelRepository.userCache(environment);
    Path target = models.resolve(name);
    if (Files.exists(target))
      throw new ModelImportException(target + " exists already; remove it first, or add the model under another name.");
    tell.accept("%s is %s; it will be added as %s".formatted(path.getFileName(), kind.words(), name));
    Path draft = models.resolve(DraftFolder.PREFIX + name + "-" + UUID.randomUUID());
    try {
      add(draft).forEach(tell);
      samples(ModelRepository.of(List.of(), environment).open(draft));
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The model " + name + " cannot be written to " + target, e);
    } finally {
      delete(draft);
    }
    tell.accept(name + " is in " + target);
    tell.accept("Serve it: penstock up, with " + name + " among its models; then");
    tell.accept("  penstock send \"Write one short slogan for a lamp.\" --model " + name + " --wait");
  }

  private List<String> add(Path draft) throws IOException {
    return switch (kind) {
      case PENSTOCK -> copied(ModelFolder.open(path), draft);
      case GGUF, GENAI, CHECKPOINT, ONNX, PIPER, TOKEN_CLASSIFICATION ->
          new ImportReport(path, name, options.formOrUsual(), licence, options.contextOrUsual()).importTo(draft);
      case DIFFUSERS -> {
        DiffusersImporter.importModel(path, draft, new OneShotImporter.Naming(name, licence, source()), this::tell);
        yield List.of();
      }
      case ONE_SHOT -> {
        OneShotImporter.importModel(path, draft, settings, new OneShotImporter.Naming(name, licence, source()), this::tell);
        yield List.of();
      }
    };
  }

  private static List<String> copied(ModelFolder folder, Path draft) throws IOException {
    folder.copyTo(draft);
    ModelManifest manifest = folder.manifest();
    String files = folder.digests().isEmpty() ? "none of its own" : String.join(", ", folder.digests().keySet());
    return List.of("  %-14s %s".formatted("family", manifest.family().word()), "  %-14s %s".formatted("version", manifest.version()),
        "  %-14s %s".formatted("licence", manifest.licence()), "  %-14s %s".formatted("files", files));
  }

  private String source() {
    return (Files.isDirectory(path) ? "folder:" : "file:") + path.toAbsolutePath().normalize().getFileName();
  }

  private void tell(Added found) {
    tell.accept("  %-14s %s".formatted("family", found.family()));
    for (Added.Finding finding : found.findings()) tell.accept("  %-14s %s".formatted(finding.what(), finding.value()));
  }

  private void samples(ModelFolder folder) throws IOException {
    if (folder.manifest().section() instanceof SpeechSection voice && !voice.isEnglish()) {
      tell.accept("  %-14s %s".formatted("sample", "none: the sentences of samples are English"));
      return;
    }
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      for (String line : Samples.write(folder, embedder)) tell.accept("  %-14s %s".formatted("sample", line));
    }
  }

  private static void delete(Path draft) {
    try {
      FileTree.delete(draft);
    } catch (IOException e) {
      throw new UncheckedIOException("The unfinished folder " + draft + " cannot be deleted", e);
    }
  }
}
