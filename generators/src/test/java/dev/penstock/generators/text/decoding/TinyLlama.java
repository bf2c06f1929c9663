package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.GraphWriter;
import dev.penstock.generators.onnx.OnnxSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A llama-layout graph with random weights for tests: 2 layers, 4 query heads on 2 key-value heads of 16, feed-forward
/// 64, 128 positions, the inputs and outputs of a Penstock language model. It writes nonsense, the same for ever.
/// The token after the last of the vocabulary is poison: what reads it computes no numbers.
public final class TinyLlama {

  private static final int HIDDEN = 32;
  private static final int HEADS = 4;
  private static final int INNER = 64;

  private final GraphWriter graph = new GraphWriter();
  private final SplittableRandom random = new SplittableRandom(7);
  private final GraphShape shape;

  private final boolean mixesRows;

  private TinyLlama(GraphShape shape, boolean mixesRows) {
    this.shape = shape;
    this.mixesRows = mixesRows;
  }

  public static GraphShape shape(int vocabularySize) {
    return new GraphShape(2, 2, 16, 128, vocabularySize);
  }

  public static byte[] bytes(int vocabularySize) {
    return new TinyLlama(shape(vocabularySize), false).write();
  }

  public static OnnxSession open(int vocabularySize) {
    return OnnxSession.open("tiny llama", bytes(vocabularySize));
  }

  /// One whose logits depend on what else is in the batch, as those of weights do whose input is quantised as a whole.
  static OnnxSession openMixingRows(int vocabularySize) {
    return OnnxSession.open("mixing llama", new TinyLlama(shape(vocabularySize), true).write());
  }

  private byte[] write() {
    int d = shape.headSize();
    graph.input("input_ids", GraphWriter.INT64, "batch", "sequence");
    graph.input("seqlens_k", GraphWriter.INT32, "batch");
    graph.input("total_sequence_length", GraphWriter.INT32);
    graph.output("logits", GraphWriter.FLOAT32, "batch", 1, shape.vocabularySize());
    rotary(d);
    float[] ones = new float[HIDDEN];
    Arrays.fill(ones, 1);
    graph.floats("ones", ones, HIDDEN);
    float[] embedding = random(1f, (shape.vocabularySize() + 1) * HIDDEN);
    Arrays.fill(embedding, shape.vocabularySize() * HIDDEN, embedding.length, Float.NaN);
    graph.floats("embedding", embedding, shape.vocabularySize() + 1, HIDDEN);
    graph.node("Gather", List.of("embedding", "input_ids"), List.of("x0"));
    for (int layer = 0; layer < shape.layers(); layer++) layer(layer, "x" + layer, "x" + (layer + 1));
    norm("x" + shape.layers(), "normed");
    graph.longs("last", new long[] {-1}, 1).longs("end", new long[] {Long.MAX_VALUE}, 1);
    graph.longs("axis", new long[] {1}, 1);
    graph.node("Slice", List.of("normed", "last", "end", "axis"), List.of("lastOnly"));
    if (mixesRows) {
      graph.node("ReduceMean", List.of("lastOnly"), List.of("mean"));
      graph.node("Add", List.of("lastOnly", "mean"), List.of("mixed"));
    }
    matMul(mixesRows ? "mixed" : "lastOnly", "head", "logits", HIDDEN, shape.vocabularySize(), 0.5f);
    return graph.bytes();
  }

  private void layer(int layer, String in, String out) {
    int kv = shape.keyValueHeads() * shape.headSize();
    String p = "l" + layer + ".";
    norm(in, p + "n");
    matMul(p + "n", p + "wq", p + "q", HIDDEN, HEADS * shape.headSize(), 0.3f);
    matMul(p + "n", p + "wk", p + "k", HIDDEN, kv, 0.3f);
    matMul(p + "n", p + "wv", p + "v", HIDDEN, kv, 0.3f);
    List<String> attention = new ArrayList<>(List.of(p + "q", p + "k", p + "v"));
    List<String> written = new ArrayList<>(List.of(p + "a"));
    for (String part : List.of(".key", ".value")) {
      Object[] block = {"batch", shape.keyValueHeads(), "past", shape.headSize()};
      graph.input("past_key_values." + layer + part, GraphWriter.FLOAT32, block);
      graph.output("present." + layer + part, GraphWriter.FLOAT32, block);
      attention.add("past_key_values." + layer + part);
      written.add("present." + layer + part);
    }
    attention.addAll(List.of("seqlens_k", "total_sequence_length", "cos", "sin"));
    graph.node("com.microsoft", "GroupQueryAttention", attention, written,
        "num_heads", HEADS, "kv_num_heads", shape.keyValueHeads(), "do_rotary", 1, "rotary_interleaved", 0);
    matMul(p + "a", p + "wo", p + "o", HEADS * shape.headSize(), HIDDEN, 0.3f);
    graph.node("Add", List.of(in, p + "o"), List.of(p + "r"));
    norm(p + "r", p + "m");
    matMul(p + "m", p + "wg", p + "g", HIDDEN, INNER, 0.3f);
    matMul(p + "m", p + "wu", p + "u", HIDDEN, INNER, 0.3f);
    graph.node("Sigmoid", List.of(p + "g"), List.of(p + "s"));
    graph.node("Mul", List.of(p + "g", p + "s"), List.of(p + "silu"));
    graph.node("Mul", List.of(p + "silu", p + "u"), List.of(p + "gu"));
    matMul(p + "gu", p + "wd", p + "d", INNER, HIDDEN, 0.3f);
    graph.node("Add", List.of(p + "r", p + "d"), List.of(out));
  }

  private void norm(String in, String out) {
    graph.node("SimplifiedLayerNormalization", List.of(in, "ones"), List.of(out), "axis", -1, "epsilon", 1e-5f);
  }

  private void matMul(String in, String weight, String out, int rows, int columns, float scale) {
    graph.floats(weight, random(scale, rows * columns), rows, columns);
    graph.node("MatMul", List.of(in, weight), List.of(out));
  }

  private float[] random(float scale, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) values[i] = (float) (random.nextDouble() * 2 - 1) * scale;
    return values;
  }

  private void rotary(int headSize) {
    int half = headSize / 2;
    float[] cos = new float[shape.contextLength() * half];
    float[] sin = new float[cos.length];
    for (int i = 0; i < cos.length; i++) {
      double angle = i / half / Math.pow(10_000, 2.0 * (i % half) / headSize);
      cos[i] = (float) Math.cos(angle);
      sin[i] = (float) Math.sin(angle);
    }
    graph.floats("cos", cos, shape.contextLength(), half).floats("sin", sin, shape.contextLength(), half);
  }
}
