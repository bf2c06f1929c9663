package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.TensorInfo;
import java.util.List;
import java.util.Map;

/// What a graph must read and write to be run as a language model. Told at loading, not in the first run.
final class GraphContract {

  private static final long FREE = -1;

  private GraphContract() {}

  /// @throws IllegalArgumentException naming the first input or output that is missing or other than expected
  static void check(OnnxSession session, GraphShape shape) {
    TensorInfo block = new TensorInfo("FLOAT32", List.of(FREE, (long) shape.keyValueHeads(), FREE, (long) shape.headSize()));
    expect(session, "input", session.inputs(), "input_ids", new TensorInfo("INT64", List.of(FREE, FREE)));
    expect(session, "input", session.inputs(), "seqlens_k", new TensorInfo("INT32", List.of(FREE)));
    expect(session, "input", session.inputs(), "total_sequence_length", new TensorInfo("INT32", List.of()));
    expect(session, "output", session.outputs(), "logits", new TensorInfo("FLOAT32", List.of(FREE, FREE, (long) shape.vocabularySize())));
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String part : List.of(layer + ".key", layer + ".value")) {
        expect(session, "input", session.inputs(), "past_key_values." + part, block);
        expect(session, "output", session.outputs(), "present." + part, block);
      }
    }
    int expected = 3 + 2 * shape.layers();
    if (session.inputs().size() != expected)
      throw new IllegalArgumentException(
          session + " has " + session.inputs().size() + " inputs, expected are " + expected + ": " + session.inputs().keySet());
  }

  private static void expect(
      OnnxSession session, String side, Map<String, TensorInfo> actual, String name, TensorInfo expected) {
    TensorInfo info = actual.get(name);
    if (info == null)
      throw new IllegalArgumentException(session + " has no " + side + " " + name + "; it has " + actual.keySet());
    boolean fits = info.type().equals(expected.type()) && info.shape().size() == expected.shape().size();
    for (int i = 0; fits && i < info.shape().size(); i++)
      fits = info.shape().get(i) == FREE || expected.shape().get(i) == FREE || info.shape().get(i).equals(expected.shape().get(i));
    if (!fits)
      throw new IllegalArgumentException("The " + side + " " + name + " of " + session + " is " + info + ", expected is " + expected);
  }
}
