package dev.penstock.generators.text.decoding;

/// How one kind of graph is run on the rows of a cache. Logits go to memory that all runs share. One thread.
sealed interface GraphRuns permits InPlaceRuns, GrowingRuns {

  /// Runs `count` tokens of a prompt from `start` on; the logits of the last go to 0.
  ///
  /// @return nanoseconds inside ONNX Runtime
  long prefill(int row, int[] prompt, int start, int count);

  /// Says what row `row` is fed in the next [#decode].
  ///
  /// @param length how many of its tokens are in the cache already
  void feed(int row, int token, int length);

  /// Runs one token of each of the first `rows` rows, as fed; the logits of row `r` go to `r` times the vocabulary.
  ///
  /// @return nanoseconds inside ONNX Runtime
  long decode(int rows);

  /// Frees what it holds beside the cache and the session.
  void close();
}
