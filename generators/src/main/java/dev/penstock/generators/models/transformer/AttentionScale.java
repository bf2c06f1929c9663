package dev.penstock.generators.models.transformer;

import dev.penstock.generators.models.onnxfile.OnnxFileWriter;
import dev.penstock.generators.models.onnxfile.TensorBytes;
import dev.penstock.generators.models.onnxfile.TensorType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Where attention's scores get their scale, `1 / sqrt(headSize)`: as a power of two in the query's weights, which
/// rounds nothing, else in the attention itself.
///
/// Scores that need no scale let ONNX Runtime use the processor's vector instructions. Its GroupQueryAttention has a
/// kernel of its own for single tokens, built for the oldest x86-64 (version 1.29, `MlasGQADecodeGQAThreaded`), and
/// another way by matrix products, which for one row are quick only without a factor. A sink (a further score that draws
/// attention from all tokens, per head) leads it to the products; one of minus infinity draws nothing.
///
/// @param ofQueries what the query's weights are multiplied with, a power of two
/// @param ofScores  what is left for the scores
record AttentionScale(float ofQueries, float ofScores) {

  private static final String NO_SINK = "attention.noSink";

  static AttentionScale of(int headSize) {
    double scale = 1 / Math.sqrt(headSize);
    return ScaledMatrix.isPowerOfTwo(scale) ? new AttentionScale((float) scale, 1) : new AttentionScale(1, (float) scale);
  }

  private boolean isInWeights() {
    return ofScores == 1;
  }

  /// Writes what [#inputs()] names.
  void declare(OnnxFileWriter graph, int heads) throws IOException {
    if (isInWeights()) {
      float[] sinks = new float[heads];
      Arrays.fill(sinks, Float.NEGATIVE_INFINITY);
      graph.initializer(NO_SINK, TensorType.FLOAT32, new long[] {heads}, TensorBytes.of(sinks));
    }
  }

  /// GroupQueryAttention's inputs behind the rotary tables: no positions, no bias, sinks.
  List<String> inputs() {
    return isInWeights() ? List.of("", "", NO_SINK) : List.of();
  }
}
