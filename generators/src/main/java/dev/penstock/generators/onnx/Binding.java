package dev.penstock.generators.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.Map;

/// A run whose tensors stay the same: write into the inputs' memory, [#run], read the outputs' memory. Made by
/// [OnnxSession#bind]; holds no native memory of its own. One thread at a time.
public final class Binding {

  private final OnnxSession session;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> pinned;

  Binding(OnnxSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
    this.session = session;
    this.inputs = inputs;
    this.pinned = pinned;
  }

  /// Runs the graph on what the tensors hold now.
  ///
  /// @throws InferenceException of kind ARGUMENT if a name, type or shape does not fit the graph
  public void run() {
    session.runTensors(inputs, pinned);
  }
}
