package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.LanguageModelParameters;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.onnx.OnnxRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a llama-layout language model in a GGUF file into a model folder: graph, tokenizer, chat template, manifest.
///
/// Tensors are streamed from the mapped file; the heap holds single rows of them. The folder appears under its name
/// only when it is complete. Works in a folder of its own beside the target, so many may run at once.
public final class GgufImporter {

  /// A form chosen by itself keeps the mean divergence from the file's own weights at or below this many nats.
  public static final double MAX_DIVERGENCE = 0.01;

  /// Names of unfinished folders start with this; one that is left was interrupted and may be deleted.
  public static final String DRAFT_PREFIX = ".importing-";

  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CHAT_TEMPLATE = "chat_template.jinja";

  /// What an import decides that the file does not say.
  ///
  /// @param name          the model's name in its manifest
  /// @param version       semantic version
  /// @param licence       SPDX identifier of the weights' licence
  /// @param source        where the file came from
  /// @param description   one sentence
  /// @param form          form of the weights; empty: the smallest one that keeps [#MAX_DIVERGENCE]
  /// @param contextLength positions to prepare for; no more than the model was trained for are used
  public record Options(String name, String version, String licence, String source, String description,
      Optional<WeightForm> form, int contextLength) {

    public static final int DEFAULT_CONTEXT = 2048;

    public Options {
      if (contextLength < 1) {
        throw new IllegalArgumentException("contextLength is " + contextLength + "; at least 1 is needed.");
      }
    }

    private List<WeightForm> forms() {
      return form.map(List::of).orElse(List.of(WeightForm.Q4SUM, WeightForm.Q8, WeightForm.FLOAT32));
    }
  }

  /// @param folder      the new model folder, opened and verified
  /// @param form        the form that was written
  /// @param calibration how far it is from the file's own weights
  public record Imported(ModelFolder folder, WeightForm form, Calibration calibration) {}

  private final GgufFile file;
  private final Options options;
  private final Progress progress;
  private final LlamaTensors tensors;
  private final GgufVocabulary vocabulary;

  private GgufImporter(GgufFile file, Options options, Progress progress) {
    this.file = file;
    this.options = options;
    this.progress = progress;
    this.tensors = LlamaTensors.check(file, LlamaConfig.read(file.path(), file.metadata()));
    this.vocabulary = GgufVocabulary.read(file.path(), file.metadata());
  }

  /// Imports `gguf` into the folder `target`, which must not exist yet.
  ///
  /// @throws GgufException the file is damaged or holds what cannot be imported, or the target exists
  public static Imported importModel(Path gguf, Path target, Options options, Progress progress) {
    if (Files.exists(target)) {
      throw new GgufException(target + " exists already; remove it first, or import under another name.");
    }
    Path absolute = target.toAbsolutePath();
    try (var file = GgufFile.open(gguf)) {
      var importer = new GgufImporter(file, options, progress);
      Files.createDirectories(absolute.getParent());
      Path draft = Files.createDirectory(
          absolute.resolveSibling(DRAFT_PREFIX + options.name() + "-" + UUID.randomUUID()));
      try {
        return importer.into(draft, target);
      } finally {
        FileTree.delete(draft);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("The import of " + gguf + " into " + target + " failed", failed);
    }
  }

  private Imported into(Path draft, Path target) throws IOException {
    TokenizerJson.write(vocabulary, draft.resolve(TOKENIZER));
    Optional<String> template = file.metadata().optionalText("tokenizer.chat_template");
    if (template.isPresent()) {
      Files.writeString(draft.resolve(CHAT_TEMPLATE), template.get());
    }
    var chosen = writeGraph(draft, section(WeightForm.FLOAT32, template.isPresent()));
    var section = section(chosen.form(), template.isPresent());
    progress.at("write the manifest", 0, 0);
    Files.writeString(draft.resolve(ModelManifest.FILE_NAME), manifest(draft, section, chosen.calibration()).toYaml());
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    return new Imported(ModelFolder.open(target), chosen.form(), chosen.calibration());
  }

  private record Chosen(WeightForm form, Calibration calibration) {}

  /// Writes the forms in question one after the other until one is near enough to the file's own weights.
  private Chosen writeGraph(Path draft, LanguageModelSection shape) throws IOException {
    List<WeightForm> forms = options.forms();
    Path reference = Files.createDirectory(draft.resolve("reference"));
    int[][] tokens = Calibration.tokens(draft.resolve(TOKENIZER));
    Chosen chosen = null;
    for (WeightForm form : forms) {
      FileTree.delete(draft.resolve(GRAPH));
      FileTree.delete(draft.resolve(GRAPH + ".data"));
      write(form, draft.resolve(GRAPH));
      chosen = new Chosen(form, measure(form, draft, reference, shape, tokens));
      if (chosen.calibration().klDivergence() <= MAX_DIVERGENCE) {
        break;
      }
    }
    FileTree.delete(reference);
    return Objects.requireNonNull(chosen);
  }

  private Calibration measure(WeightForm form, Path draft, Path reference, LanguageModelSection shape, int[][] tokens)
      throws IOException {
    if (form == WeightForm.FLOAT32) {
      return Calibration.EXACT;
    }
    if (!Files.exists(reference.resolve(GRAPH))) {
      write(WeightForm.FLOAT32, reference.resolve(GRAPH));
    }
    progress.at("compare " + form.word() + " with the file's own weights", 0, 0);
    return Calibration.measure(reference.resolve(GRAPH), draft.resolve(GRAPH), shape, tokens);
  }

  private void write(WeightForm form, Path graph) throws IOException {
    progress.at("write the weights as " + form.word(), 0, 0);
    LlamaGraph.write(tensors, form, GraphLayers.Activations.INT8, contextLength(), graph);
  }

  private int contextLength() {
    return Math.min(options.contextLength(), tensors.config().trainedContext());
  }

  private LanguageModelSection section(WeightForm form, boolean hasTemplate) {
    LlamaConfig config = tensors.config();
    @Nullable String template = hasTemplate ? CHAT_TEMPLATE : null;
    return new LanguageModelSection(GRAPH, form.word(), config.layers(), config.keyValueHeads(), config.headSize(),
        contextLength(), config.vocabularySize(), TOKENIZER, template, vocabulary.bos().orElse(null),
        vocabulary.ends());
  }

  private ModelManifest manifest(Path draft, LanguageModelSection section, Calibration calibration)
      throws IOException {
    return new ModelManifest(options.name(), options.version(), Modality.TEXT, options.licence(), options.source(),
        options.description(), digests(draft), LanguageModelParameters.standard(), section, measured(calibration));
  }

  private static Map<String, String> digests(Path draft) throws IOException {
    try (Stream<Path> children = Files.list(draft)) {
      var digests = new LinkedHashMap<String, String>();
      for (Path child : children.sorted().toList()) {
        digests.put(child.getFileName().toString(), Sha256.of(child));
      }
      return digests;
    }
  }

  /// Rounded, so that machines whose arithmetic differs in the last digits write the same manifest. Empty for float32,
  /// which is what others are measured against.
  private static Map<String, Object> measured(Calibration calibration) {
    if (calibration.equals(Calibration.EXACT)) {
      return Map.of();
    }
    var figures = new LinkedHashMap<String, Object>();
    figures.put("klDivergence", Math.round(calibration.klDivergence() * 1e4) / 1e4);
    figures.put("topOneAgreement", Math.round(calibration.topOneAgreement() * 1e3) / 1e3);
    figures.put("positions", (long) calibration.positions());
    figures.put("against", "the file's own weights in float32");
    figures.put("with", "ONNX Runtime " + OnnxRuntime.version() + " on the CPU");
    return Map.of("calibration", figures);
  }
}
