package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.LanguageModelParameters;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxRuntime;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes a model folder from a [LanguageModelSource]: tokenizer, chat template, graph in the first form that is near
/// enough to the file's own weights, manifest.
public final class LanguageModelWriter {

  /// A form chosen by itself keeps the mean divergence from the file's own weights at or below this many nats.
  public static final double MAX_DIVERGENCE = 0.01;

  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CHAT_TEMPLATE = "chat_template.jinja";

  private final LanguageModelSource source;
  private final ImportOptions options;
  private final Progress progress;

  private LanguageModelWriter(LanguageModelSource source, ImportOptions options, Progress progress) {
    this.source = source;
    this.options = options;
    this.progress = progress;
  }

  /// Writes the folder `target`, which must not exist yet; it is complete or not there.
  ///
  /// @throws ModelImportException the target exists, or a part of the source cannot be used
  public static Imported write(LanguageModelSource source, Path target, ImportOptions options, Progress progress) {
    var writer = new LanguageModelWriter(source, options, progress);
    Chosen chosen = DraftFolder.fill(target, options.name(), writer::fill);
    return new Imported(ModelFolder.open(target), chosen.form().word(), chosen.calibration(), source.notes());
  }

  private record Chosen(GraphForm form, Calibration calibration) {}

  private Chosen fill(Path draft) throws IOException {
    source.writeTokenizer(draft.resolve(TOKENIZER));
    if (source.chat().chatTemplate().isPresent()) {
      Files.writeString(draft.resolve(CHAT_TEMPLATE), source.chat().chatTemplate().get());
    }
    Chosen chosen = writeGraph(draft);
    progress.at("write the manifest", 0, 0);
    Files.writeString(draft.resolve(ModelManifest.FILE_NAME), manifest(draft, chosen).toYaml());
    return chosen;
  }

  /// Writes the forms in question one after the other until one is near enough to the file's own weights.
  private Chosen writeGraph(Path draft) throws IOException {
    Path reference = Files.createDirectory(draft.resolve("reference"));
    int[][] tokens = Calibration.tokens(draft.resolve(TOKENIZER), source.chat().bos().orElse(""),
        source.sizes().vocabularySize());
    Chosen chosen = null;
    for (GraphForm form : source.forms()) {
      deleteGraph(draft);
      write(form, draft.resolve(GRAPH));
      chosen = new Chosen(form, measure(form, draft, reference, tokens));
      if (chosen.calibration().klDivergence() <= MAX_DIVERGENCE) {
        break;
      }
    }
    FileTree.delete(reference);
    return Objects.requireNonNull(chosen, "a source has at least one form");
  }

  /// Runs two tokens, so that a graph that cannot be run is found now.
  private static void tryOut(Path graph, LanguageModelSection section, int token) {
    try (var model = NextTokens.open(graph, section, 1, 2)) {
      model.step(0, token);
      FloatBuffer logits = model.step(1, token);
      for (int i = 0; i < section.vocabularySize(); i++) {
        if (!Float.isFinite(logits.get(i))) {
          throw new ModelImportException("The model computes " + logits.get(i)
              + " instead of finite numbers for a text of two tokens; its weights are damaged.");
        }
      }
    } catch (InferenceException failed) {
      throw new ModelImportException("The graph cannot be run: " + failed.getMessage(), failed);
    }
  }

  private static void deleteGraph(Path draft) throws IOException {
    List<Path> files;
    try (Stream<Path> children = Files.list(draft)) {
      files = children.filter(child -> child.getFileName().toString().startsWith(GRAPH)).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private Calibration measure(GraphForm form, Path draft, Path reference, int[][] tokens) throws IOException {
    if (form.isExact()) {
      progress.at("try the model", 0, 0);
      tryOut(draft.resolve(GRAPH), section(form), tokens[0][0]);
      return Calibration.EXACT;
    }
    if (!Files.exists(reference.resolve(GRAPH))) {
      write(source.reference(), reference.resolve(GRAPH));
    }
    String stage = "compare " + form.word() + " with the file's own weights";
    try {
      return Calibration.measure(reference.resolve(GRAPH), draft.resolve(GRAPH), section(form), tokens,
          (done, total) -> progress.at(stage, done, total));
    } catch (InferenceException failed) {
      throw new ModelImportException("The graph cannot be run: " + failed.getMessage(), failed);
    }
  }

  private void write(GraphForm form, Path graph) throws IOException {
    String stage = "write the weights as " + form.word();
    progress.at(stage, 0, 0);
    form.writer().write(graph, contextLength(), (part, done, total) -> progress.at(stage, done, total));
  }

  private int contextLength() {
    return Math.min(options.contextLength(), source.sizes().trainedContext());
  }

  private LanguageModelSection section(GraphForm form) {
    LanguageModelSource.Sizes sizes = source.sizes();
    @Nullable String template = source.chat().chatTemplate().isPresent() ? CHAT_TEMPLATE : null;
    return new LanguageModelSection(GRAPH, form.word(), sizes.layers(), sizes.keyValueHeads(), sizes.headSize(),
        contextLength(), sizes.vocabularySize(), TOKENIZER, template, source.chat().bos().orElse(null),
        source.chat().ends());
  }

  private ModelManifest manifest(Path draft, Chosen chosen) throws IOException {
    return new ModelManifest(options.name(), options.version(), Modality.TEXT, options.licence(), options.source(),
        options.description(), digests(draft), LanguageModelParameters.standard(), section(chosen.form()), measured(chosen.calibration()));
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

  /// Rounded, so that machines whose arithmetic differs in the last digits write the same manifest. Empty for the
  /// file's own weights in float32, which is what others are measured against.
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
