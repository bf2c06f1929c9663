package dev.penstock.generators.models.oneshot;

import static dev.penstock.generators.models.oneshot.LatentInputs.refused;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxNode.RawAttribute;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A file with a graph that somebody else exported.
///
/// @param file  beside which its constants lie, if they are not inside
/// @param graph what it holds
public record OneShotGraph(Path file, OnnxGraph graph) {

  private static final String NAME = "graph.onnx";
  private static final int MIN_OPSET = 7;
  private static final int UINT8 = 2;
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc",
      "com.ms.internal.nhwc", "com.microsoft.experimental", "org.pytorch.aten");

  /// @throws ModelImportException it is damaged, or needs what the runtime does not have
  public static OneShotGraph read(Path file) {
    OnnxGraph graph;
    try {
      graph = OnnxGraph.read(file);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ModelImportException(file + " is not readable as ONNX: " + unreadable.getMessage() + ".", unreadable);
    }
    for (OnnxNode node : graph.nodes()) {
      if (!DOMAINS.contains(node.domain())) {
        throw refused(file, "it needs the operator " + node.operator() + " of the domain " + node.domain()
            + ", which ONNX Runtime does not have");
      }
    }
    long opset = graph.opsets().getOrDefault("", graph.opsets().getOrDefault("ai.onnx", 0L));
    if (opset < MIN_OPSET) {
      throw refused(file, "it uses operator set " + opset + "; at least " + MIN_OPSET + " is needed");
    }
    return new OneShotGraph(file, graph);
  }

  /// The outputs that may be wanted.
  ///
  /// @throws ModelImportException the one that is named is not there
  List<OnnxValueInfo> outputs(OneShotSettings settings) {
    List<OnnxValueInfo> all = graph.outputs();
    if (settings.output().isEmpty()) {
      return all.stream().filter(info -> LatentInputs.FLOATS.contains(info.elementType()) || info.elementType() == UINT8).toList();
    }
    List<OnnxValueInfo> wanted = all.stream().filter(info -> info.name().equals(settings.output().get())).toList();
    if (wanted.isEmpty()) {
      throw refused(file, "it has no output " + settings.output().get() + "; it has " + LatentInputs.names(all));
    }
    return wanted;
  }

  /// Whether nodes can be put around it: what a graph inside a node uses is not seen from outside.
  void checkPlain() {
    for (OnnxNode node : graph.nodes()) {
      if (node.attributes().stream().anyMatch(RawAttribute::hasGraphs)) {
        throw refused(file, "it has a node " + node.operator() + " with graphs inside, and its inputs or outputs would have "
            + "to be adapted; only plain graphs can be");
      }
    }
  }

  /// Writes the graph and the files of its constants into a folder.
  ///
  /// @return the graph's name there
  String write(AdaptedGraph adapted, Path folder) throws IOException {
    return write(adapted, folder, NAME);
  }

  /// As above, under another name.
  public String write(AdaptedGraph adapted, Path folder, String name) throws IOException {
    Map<String, String> data = dataFiles(name);
    if (adapted.isAsItWas() && data.isEmpty()) {
      Files.copy(file, folder.resolve(name));
      return name;
    }
    checkPlain();
    adapted.graph().write(folder.resolve(name), Map.of(), data);
    for (Map.Entry<String, String> moved : data.entrySet()) {
      Files.copy(file.resolveSibling(moved.getKey()), folder.resolve(moved.getValue()));
    }
    return name;
  }

  private Map<String, String> dataFiles(String graphName) {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String name : new TreeSet<>(graph.dataFiles())) {
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
        throw refused(file, "it keeps weights in the file '" + name + "'; files beside it are allowed");
      }
      if (!Files.isRegularFile(file.resolveSibling(name))) {
        throw refused(file, "it keeps weights in " + name + ", which is not beside it");
      }
      renamed.put(name, graphName + ".data" + (renamed.isEmpty() ? "" : "." + renamed.size()));
    }
    return renamed;
  }

  /// Loads a graph that was written.
  ///
  /// @throws ModelImportException the runtime cannot
  public OnnxSession load(Path written) {
    try {
      return OnnxSession.open(written);
    } catch (InferenceException failed) {
      throw new ModelImportException(file.getFileName() + " cannot be added: " + failed.getMessage(), failed);
    }
  }
}
