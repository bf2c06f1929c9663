package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.onnx.OnnxSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/// Feeds equally long rows of tokens to a graph, one position of all rows a step, and hands out the logits of every
/// position. Used by one thread.
public sealed interface NextTokens extends AutoCloseable permits InPlaceTokens, GrowingTokens {

  /// @param rows     rows fed at once
  /// @param capacity positions that fit
  /// @throws dev.penstock.generators.onnx.InferenceException the graph cannot be loaded
  static NextTokens open(Path graph, LanguageModelSection shape, int rows, int capacity) {
    OnnxSession session = OnnxSession.open(graph);
    return session.inputs().containsKey("seqlens_k")
        ? new InPlaceTokens(session, shape, rows, capacity) : new GrowingTokens(session, shape, rows, capacity);
  }

  /// Feeds one token a row at a position; positions are fed in order from 0; feeding 0 again starts new rows.
  ///
  /// @return logits float32 `[rows, vocabularySize]`, valid until the next step
  /// @throws dev.penstock.generators.onnx.InferenceException the run failed
  FloatBuffer step(int position, int... tokens);

  @Override
  void close();

  /// @throws IllegalArgumentException the position does not fit, or there are not as many tokens as rows
  static void check(int position, int capacity, int[] tokens, int rows) {
    if (tokens.length != rows || position >= capacity) {
      throw new IllegalArgumentException("position " + position + " of " + capacity + ", " + tokens.length
          + " tokens for " + rows + " rows");
    }
  }
}
