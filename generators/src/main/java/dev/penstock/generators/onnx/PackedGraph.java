package dev.penstock.generators.onnx;

import java.nio.file.Path;
import java.util.Objects;

/// A graph as ONNX Runtime packed it, on its way into the cache: nobody else uses it yet.
///
/// @param file where the graph is; its weights lie beside it
/// @param data the folder of the external data of the graph that was packed
public record PackedGraph(Path file, Path data) {

  /// The file that holds the weights as the kernels read them, each piece at the start of a page.
  public Path weights() {
    return file.resolveSibling(file.getFileName() + PrepackedEntry.WEIGHTS_SUFFIX);
  }

  /// Loads another graph over the packed weights, such as a part of this one. Closed by the caller.
  public OnnxSession openPacked(String name, byte[] part) {
    return OnnxSession.openPrepacked(name, part, Objects.requireNonNull(file.toAbsolutePath().getParent()), name);
  }

  /// Loads another graph over the external data. Closed by the caller.
  public OnnxSession openUnpacked(String name, byte[] part) {
    return OnnxSession.open(name, part, data);
  }
}
