package dev.penstock.generators.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Another way to hold the weights of a graph: fewer nodes over them, and other bytes where the kernels read them. It
/// computes what the graph computes, with other last bits.
public interface PackedForm {

  /// Every graph as it is.
  PackedForm OWN = new PackedForm() {
    @Override
    public String word() {
      return OnnxSession.OWN_FORM;
    }

    @Override
    public Optional<Change> of(Path graph) {
      return Optional.empty();
    }
  };

  /// Names the form in logs and in the cache, where what was refused stays refused: a form that learns more needs another
  /// word.
  String word();

  /// What the form is for one graph.
  ///
  /// @return empty if the graph has nothing that the form changes
  Optional<Change> of(Path graph) throws IOException;

  /// The form of one graph.
  interface Change {

    /// The graph to pack in place of the other; its external data lies where the other's does.
    byte[] graph();

    /// Changes the packed weights, and proves on this processor that they give what the graph gives.
    ///
    /// @param packed what the runtime made of [#graph]
    /// @return why the graph has to run as it is, as the end of a sentence; empty if all is changed and proven
    Optional<String> apply(PackedGraph packed) throws IOException;
  }
}
