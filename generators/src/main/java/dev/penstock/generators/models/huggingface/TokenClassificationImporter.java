package dev.penstock.generators.models.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.TokenClassificationSection;
import dev.penstock.generators.models.writing.Calibration;
import dev.penstock.generators.models.writing.DraftFolder;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Imports an ONNX folder of Optimum whose model labels tokens: `config.json` with `id2label`, `tokenizer.json`, and
/// `model.onnx` or `onnx/model.onnx`. Files are copied as they are; the graph is tried out.
public final class TokenClassificationImporter {

  private static final String CONFIG = "config.json";
  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String LOGITS = "logits";
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final long MAX_BYTES = 4 << 20;
  /// Their positions begin after the padding's.
  private static final Set<String> SHIFTED = Set.of("roberta", "xlm-roberta", "camembert", "xlm-roberta-xl", "longformer");

  private final Path folder;
  private final JsonFile config;
  private final Path graph;

  private TokenClassificationImporter(Path folder) {
    this.folder = folder;
    this.config = JsonFile.read(folder.resolve(CONFIG), MAX_BYTES);
    this.graph = graph(folder);
  }

  /// Whether a folder with a graph says that its model labels tokens.
  public static boolean isTokenClassification(Path folder) {
    if (!Files.isRegularFile(folder.resolve(CONFIG)) || !Files.isRegularFile(graph(folder))) return false;
    for (JsonNode each : JsonFile.read(folder.resolve(CONFIG), MAX_BYTES).node().path("architectures"))
      if (each.asText().endsWith("ForTokenClassification")) return true;
    return false;
  }

  private static Path graph(Path folder) {
    Path beside = folder.resolve(GRAPH);
    return Files.isRegularFile(beside) ? beside : folder.resolve("onnx").resolve(GRAPH);
  }

  /// Imports the folder into the folder `target`, which must not exist yet.
  ///
  /// @throws dev.penstock.generators.models.ModelException a file is missing, damaged or holds what cannot be imported, or
  ///     the target exists
  public static Imported importModel(Path folder, Path target, ImportOptions options, Progress progress) {
    TokenClassificationImporter importer = new TokenClassificationImporter(folder);
    DraftFolder.fill(target, options.name(), draft -> importer.fill(draft, options, progress));
    return new Imported(ModelFolder.open(target), "as exported", Calibration.EXACT, List.of());
  }

  private ModelManifest fill(Path draft, ImportOptions options, Progress progress) throws IOException {
    TokenizerFiles.read(folder).write(draft.resolve(TOKENIZER));
    progress.at("copy the graph", 0, 0);
    try (Stream<Path> beside = Files.list(graph.toAbsolutePath().getParent())) {
      for (Path file : beside.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(GRAPH)) Files.copy(file, draft.resolve(name));
      }
    }
    progress.at("try the model", 0, 0);
    TokenClassificationSection section = tryOut(draft.resolve(GRAPH), labels());
    ModelManifest manifest =
        new ModelManifest(
            options.name(), options.version(), Modality.TEXT, options.licence(), options.source(), options.description(),
            digests(draft), new ModelParameters(Map.of()), section, Map.of());
    Files.writeString(draft.resolve(ModelManifest.FILE_NAME), manifest.toYaml());
    return manifest;
  }

  /// The labels in the order of the logits.
  private List<String> labels() {
    JsonNode named = config.object("id2label").node();
    return IntStream.range(0, named.size())
        .mapToObj(id -> {
          JsonNode label = named.path(Integer.toString(id));
          if (!label.isTextual())
            throw config.refused("id2label has " + named.size() + " entries and none for " + id + "; 0 to " + (named.size() - 1) + " are needed");
          return label.textValue();
        })
        .toList();
  }

  private int maxTokens() {
    int positions =
        config.optionalSize("max_position_embeddings").or(() -> config.optionalSize("n_positions"))
            .orElseThrow(() -> config.refused("max_position_embeddings is missing; a whole number is needed"));
    int usable = SHIFTED.contains(config.optionalText("model_type").orElse("")) ? positions - padToken() - 1 : positions;
    if (usable < TokenClassificationSection.LEAST_TOKENS)
      throw config.refused(
          "max_position_embeddings is " + positions + "; a model of at least " + TokenClassificationSection.LEAST_TOKENS + " tokens is needed");
    return Math.min(usable, TokenClassificationSection.MAX_TOKENS);
  }

  private int padToken() {
    return config.node().path("pad_token_id").asInt(0);
  }

  /// The section, after a run of a few tokens made as many finite logits as there are labels.
  private TokenClassificationSection tryOut(Path copy, List<String> labels) {
    try (OnnxSession session = OnnxSession.open(copy)) {
      Set<String> known = Set.of(IDS, MASK, TYPES);
      if (!known.containsAll(session.inputs().keySet()) || !session.inputs().keySet().containsAll(Set.of(IDS, MASK)))
        throw new ModelImportException(
            graph + " takes " + session.inputs().keySet() + "; " + IDS + ", " + MASK + " and perhaps " + TYPES + " are needed.");
      if (!session.outputs().containsKey(LOGITS))
        throw new ModelImportException(graph + " makes " + session.outputs().keySet() + "; " + LOGITS + " is needed.");
      TokenClassificationSection section =
          new TokenClassificationSection(
              GRAPH, TOKENIZER, IDS, MASK, session.inputs().containsKey(TYPES) ? TYPES : null, LOGITS, maxTokens(), padToken(), labels, false);
      check(session, labels.size());
      return section;
    } catch (InferenceException failed) {
      throw new ModelImportException(graph + " cannot be run: " + failed.getMessage(), failed);
    }
  }

  private void check(OnnxSession session, int labels) {
    int tokens = TokenClassificationSection.LEAST_TOKENS;
    Map<String, OnnxValue> inputs = new HashMap<>();
    for (String input : session.inputs().keySet()) {
      long[] values = new long[2 * tokens];
      Arrays.fill(values, input.equals(TYPES) ? 0 : 1);
      inputs.put(input, OnnxValue.copyOf(values, 2, tokens));
    }
    OnnxValue logits = session.run(inputs, Set.of(LOGITS)).get(LOGITS);
    inputs.values().forEach(OnnxValue::close);
    if (logits == null || !Arrays.equals(logits.shape(), new long[] {2, tokens, labels}))
      throw new ModelImportException(
          graph + " makes " + logits + " of 2 rows of " + tokens + " tokens; id2label of " + CONFIG + " names " + labels + " labels.");
    FloatBuffer values = logits.floats();
    while (values.hasRemaining())
      if (!Float.isFinite(values.get())) throw new ModelImportException(graph + " computes logits that are not finite; its weights are damaged.");
  }

  private static Map<String, String> digests(Path draft) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(draft)) {
      for (Path file : files.sorted().toList()) digests.put(file.getFileName().toString(), Sha256.of(file));
    }
    return digests;
  }
}
