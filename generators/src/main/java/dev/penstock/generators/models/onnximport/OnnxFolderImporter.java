package dev.penstock.generators.models.onnximport;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.GraphForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import dev.penstock.generators.models.writing.LanguageModelSource;
import dev.penstock.generators.models.writing.LanguageModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Turns a folder with an exported ONNX graph into a model folder. The weights stay as the exporter wrote them;
/// quantised products round their input to 8 bits where that stays near enough, and take it as it is otherwise, or if
/// float32 is the only form that is asked for.
public final class OnnxFolderImporter implements LanguageModelSource {

  private final ExportedFolder folder;
  private final ExportedGraph graph;
  private final boolean floatOnly;

  private OnnxFolderImporter(ExportedFolder folder, List<WeightForm> wanted) {
    this.folder = folder;
    this.floatOnly = wanted.equals(List.of(WeightForm.FLOAT32));
    this.graph = ExportedGraph.read(folder.graph(), folder.names());
    dataFiles("unused");
  }

  /// Whether a folder is one of onnxruntime-genai.
  public static boolean isGenai(Path folder) {
    return Files.isRegularFile(folder.resolve(ExportedFolder.GENAI));
  }

  /// Imports a folder of onnxruntime-genai into the folder `target`, which must not exist yet.
  ///
  /// @throws dev.penstock.generators.models.ModelException a file is missing, damaged or holds what cannot be imported,
  ///     or the target exists
  public static Imported importGenai(Path folder, Path target, ImportOptions options, Progress progress) {
    return LanguageModelWriter.write(
        new OnnxFolderImporter(ExportedFolder.genai(folder), options.forms()), target, options, progress);
  }

  /// Imports a folder of Optimum or Transformers.js into the folder `target`, which must not exist yet.
  ///
  /// @throws dev.penstock.generators.models.ModelException a file is missing, damaged or holds what cannot be imported,
  ///     or the target exists
  public static Imported importOptimum(Path folder, Path target, ImportOptions options, Progress progress) {
    return LanguageModelWriter.write(
        new OnnxFolderImporter(ExportedFolder.optimum(folder), options.forms()), target, options, progress);
  }

  @Override
  public Sizes sizes() {
    return new Sizes(graph.layers(), graph.keyValueHeads(), graph.headSize(), graph.contextLength(folder.context()),
        graph.vocabularySize());
  }

  @Override
  public Chat chat() {
    return folder.tokenizer().chat(folder.endIds());
  }

  @Override
  public void writeTokenizer(Path file) throws IOException {
    folder.tokenizer().write(file);
  }

  @Override
  public List<String> notes() {
    return graph.grows()
        ? List.of("the graph returns its keys and values grown: each step copies them all, and only answers of equal "
            + "length share a run; an export with GroupQueryAttention is several times faster")
        : List.of();
  }

  @Override
  public List<GraphForm> forms() {
    Set<Long> bits = graph.bits();
    return bits.isEmpty() || floatOnly ? List.of(reference()) : List.of(form(Activations.INT8, quantized(bits)), reference());
  }

  @Override
  public GraphForm reference() {
    Set<Long> bits = graph.bits();
    return form(Activations.FLOAT32, bits.isEmpty() ? "float32" : quantized(bits) + "-float32");
  }

  private static String quantized(Set<Long> bits) {
    return bits.stream().map(one -> "q" + one).collect(Collectors.joining("-"));
  }

  private GraphForm form(Activations activations, String word) {
    return new GraphForm(word, activations == Activations.FLOAT32, (file, contextLength, progress) -> {
      Map<String, String> dataFiles = dataFiles(file.getFileName().toString());
      graph.write(file, activations.accuracyLevel(), dataFiles);
      for (Map.Entry<String, String> data : dataFiles.entrySet()) {
        progress.at("copy " + data.getKey(), 0, 0);
        Files.copy(folder.graph().resolveSibling(data.getKey()), file.resolveSibling(data.getValue()));
      }
    });
  }

  /// Where the files with the constants go, which must lie beside the graph.
  private Map<String, String> dataFiles(String graphName) {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String name : new TreeSet<>(graph.dataFiles())) {
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
        throw new ModelImportException(folder.graph() + " keeps weights in the file '" + name
            + "'; files beside it are allowed.");
      }
      if (!Files.isRegularFile(folder.graph().resolveSibling(name))) {
        throw new ModelImportException(name + " is missing in " + folder.graph().getParent() + "; the graph "
            + folder.graph().getFileName() + " keeps its weights there.");
      }
      renamed.put(name, graphName + ".data" + (renamed.isEmpty() ? "" : "." + renamed.size()));
    }
    return renamed;
  }
}
