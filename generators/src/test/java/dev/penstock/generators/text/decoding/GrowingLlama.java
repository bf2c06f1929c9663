package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.GraphWriter;
import dev.penstock.generators.onnx.OnnxSession;
import java.util.List;
import java.util.SplittableRandom;

/// A decoder with random weights as common exporters write it: keys and values come back longer by the tokens of the
/// run, logits for every position. One layer, 2 heads of 16, learned positions through `position_ids`.
public final class GrowingLlama {

  private static final int HIDDEN = 32;
  private static final int HEADS = 2;
  private static final int HEAD_SIZE = 16;
  private static final int POSITIONS = 128;

  private final GraphWriter graph = new GraphWriter();
  private final SplittableRandom random = new SplittableRandom(11);
  private final int vocabularySize;

  private GrowingLlama(int vocabularySize) {
    this.vocabularySize = vocabularySize;
  }

  static GraphShape shape(int vocabularySize) {
    return new GraphShape(1, HEADS, HEAD_SIZE, POSITIONS, vocabularySize);
  }

  static OnnxSession open(int vocabularySize) {
    return OnnxSession.open("growing llama", graph(vocabularySize));
  }

  /// The ONNX file.
  public static byte[] graph(int vocabularySize) {
    return new GrowingLlama(vocabularySize).write();
  }

  private byte[] write() {
    graph.input("input_ids", GraphWriter.INT64, "batch", "sequence");
    graph.input("attention_mask", GraphWriter.INT64, "batch", "total");
    graph.input("position_ids", GraphWriter.INT64, "batch", "sequence");
    graph.output("logits", GraphWriter.FLOAT32, "batch", "sequence", vocabularySize);
    graph.floats("embedding", random(vocabularySize * HIDDEN, 1), vocabularySize, HIDDEN);
    graph.floats("places", random(POSITIONS * HIDDEN, 0.5f), POSITIONS, HIDDEN);
    graph.node("Gather", List.of("embedding", "input_ids"), List.of("words"));
    graph.node("Gather", List.of("places", "position_ids"), List.of("placed"));
    graph.node("Add", List.of("words", "placed"), List.of("x"));
    graph.longs("split", new long[] {0, 0, HEADS, HEAD_SIZE}, 4);
    heads("q");
    grown("key");
    grown("value");
    attention();
    graph.longs("join", new long[] {0, 0, HIDDEN}, 3);
    graph.node("Reshape", List.of("attended.back", "join"), List.of("joined"));
    product("joined", "o", HIDDEN, HIDDEN);
    graph.node("Add", List.of("x", "o"), List.of("y"));
    graph.floats("head", random(HIDDEN * vocabularySize, 0.5f), HIDDEN, vocabularySize);
    graph.node("MatMul", List.of("y", "head"), List.of("logits"));
    return graph.bytes();
  }

  /// `name.heads` float32 `[batch, heads, sequence, headSize]`.
  private void heads(String name) {
    product("x", name, HIDDEN, HIDDEN);
    graph.node("Reshape", List.of(name, "split"), List.of(name + ".split"));
    swapped(name + ".split", name + ".heads");
  }

  private void grown(String part) {
    heads(part);
    Object[] past = {"batch", HEADS, "past", HEAD_SIZE};
    Object[] present = {"batch", HEADS, "total", HEAD_SIZE};
    graph.input("past_key_values.0." + part, GraphWriter.FLOAT32, past);
    graph.output("present.0." + part, GraphWriter.FLOAT32, present);
    graph.node("Concat", List.of("past_key_values.0." + part, part + ".heads"), List.of("present.0." + part), "axis", 2);
  }

  /// A token sees itself and those before it: the keys whose number is at most its own position.
  private void attention() {
    graph.node("com.microsoft", "FusedMatMul", List.of("q.heads", "present.0.key"), List.of("scores"),
        "transB", 1, "alpha", 0.25f);
    graph.longs("two", new long[] {2}).longs("zero", new long[] {0}).longs("one", new long[] {1});
    graph.longs("front", new long[] {0, 1, 2}, 3);
    graph.longs("end", new long[] {3}, 1).longs("second", new long[] {1}, 1);
    graph.node("Shape", List.of("present.0.key"), List.of("lengths"));
    graph.node("Gather", List.of("lengths", "two"), List.of("total"));
    graph.node("Range", List.of("zero", "total", "one"), List.of("keys"));
    graph.node("Unsqueeze", List.of("keys", "front"), List.of("keys.row"));
    graph.node("Unsqueeze", List.of("position_ids", "second"), List.of("queries.part"));
    graph.node("Unsqueeze", List.of("queries.part", "end"), List.of("queries.column"));
    graph.node("Greater", List.of("keys.row", "queries.column"), List.of("later"));
    graph.floats("never", new float[] {-1e9f});
    graph.node("Where", List.of("later", "never", "scores"), List.of("seen"));
    graph.node("Softmax", List.of("seen"), List.of("weights"), "axis", -1);
    graph.node("MatMul", List.of("weights", "present.0.value"), List.of("attended"));
    swapped("attended", "attended.back");
  }

  /// Exchanges the second and the third dimension of four.
  private void swapped(String in, String out) {
    graph.node("Transpose", List.of(in), List.of(out), "perm", new int[] {0, 2, 1, 3});
  }

  private void product(String in, String out, int rows, int columns) {
    graph.floats(out + ".weight", random(rows * columns, 0.3f), rows, columns);
    graph.node("MatMul", List.of(in, out + ".weight"), List.of(out));
  }

  private float[] random(int count, float scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) values[i] = (float) (random.nextDouble() * 2 - 1) * scale;
    return values;
  }
}
