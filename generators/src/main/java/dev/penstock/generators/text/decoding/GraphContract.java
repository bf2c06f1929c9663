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
    Side inputs = new Side(session, "input", session.inputs());
    Side outputs = new Side(session, "output", session.outputs());
    inputs.expect("input_ids", "INT64", FREE, FREE);
    int others = GrowingRuns.fits(session) ? growing(inputs) : inPlace(inputs, shape);
    outputs.expect("logits", "FLOAT32", FREE, FREE, (long) shape.vocabularySize());
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String part : List.of(layer + ".key", layer + ".value")) {
        Long[] block = {FREE, (long) shape.keyValueHeads(), FREE, (long) shape.headSize()};
        inputs.expect("past_key_values." + part, "FLOAT32", block);
        outputs.expect("present." + part, "FLOAT32", block);
      }
    }
    inputs.expectCount(1 + others + 2 * shape.layers());
  }

  private static int inPlace(Side inputs, GraphShape shape) {
    if (shape.headSize() % 16 != 0)
      throw new IllegalArgumentException(
          "headSize is " + shape.headSize() + "; GroupQueryAttention takes multiples of 16");
    inputs.expect("seqlens_k", "INT32", FREE);
    inputs.expect("total_sequence_length", "INT32");
    return 2;
  }

  private static int growing(Side inputs) {
    inputs.expect(GrowingRuns.MASK, "INT64", FREE, FREE);
    if (!inputs.has(GrowingRuns.POSITIONS)) return 1;
    inputs.expect(GrowingRuns.POSITIONS, "INT64", FREE, FREE);
    return 2;
  }

  /// The inputs or the outputs of a graph.
  private record Side(OnnxSession session, String kind, Map<String, TensorInfo> actual) {

    void expect(String name, String type, Long... shape) {
      TensorInfo expected = new TensorInfo(type, List.of(shape));
      TensorInfo info = actual.get(name);
      if (info == null)
        throw new IllegalArgumentException(session + " has no " + kind + " " + name + "; it has " + actual.keySet());
      if (!fits(info, expected))
        throw new IllegalArgumentException(
            "The " + kind + " " + name + " of " + session + " is " + info + ", expected is " + expected);
    }

    boolean has(String name) {
      return actual.containsKey(name);
    }

    void expectCount(int expected) {
      if (actual.size() != expected)
        throw new IllegalArgumentException(
            session + " has " + actual.size() + " " + kind + "s, expected are " + expected + ": " + actual.keySet());
    }

    private static boolean fits(TensorInfo info, TensorInfo expected) {
      boolean fits = info.type().equals(expected.type()) && info.shape().size() == expected.shape().size();
      for (int i = 0; fits && i < info.shape().size(); i++) {
        long actual = info.shape().get(i);
        long wanted = expected.shape().get(i);
        fits = actual == FREE || wanted == FREE || actual == wanted;
      }
      return fits;
    }
  }
}
