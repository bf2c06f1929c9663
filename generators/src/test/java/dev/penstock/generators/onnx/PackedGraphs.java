package dev.penstock.generators.onnx;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Packs graphs as the cache does, for tests elsewhere.
public final class PackedGraphs {

  private PackedGraphs() {}

  /// @param bytes  a graph whose external data lies beside another
  /// @param beside that other one
  /// @param folder empty, to be filled
  public static PackedGraph pack(byte[] bytes, Path beside, Path folder) throws IOException {
    Path file = folder.resolve("graph.onnx");
    OnnxSession.openAndPrepack("a graph", bytes, beside.getParent(), file).close();
    PrepackedEntry.align(folder);
    return new PackedGraph(file, beside.getParent());
  }

  /// A graph in memory as one that was read; what it is written to meanwhile is made in the folder.
  public static OnnxGraph read(byte[] bytes, Path folder) throws IOException {
    return OnnxGraph.read(Files.write(Files.createTempFile(folder, "graph", ".onnx"), bytes));
  }

  /// A cache that keeps the smallest graphs.
  public static PrepackedCache cache(Path folder, PackedForm form) {
    return new PrepackedCache(folder, 0, Long.MAX_VALUE, ProcessorFlags.current(), form);
  }
}
