package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.Binding;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The two ways in which a decoder-only transformer is run: a chunk of one row's prompt, and one token of each of the
/// first rows. The graph (GroupQueryAttention of com.microsoft) writes keys and values in place and counts each row's
/// own length, so rows of any length share a run, and a row's logits do not depend on its neighbours.
///
/// Inputs: `input_ids` int64 `[b, s]`, `seqlens_k` int32 `[b]` (positions after the run, less one),
/// `total_sequence_length` int32 scalar (the longest row after the run), and the past; outputs: `logits` float32
/// `[b, 1, vocabulary]` of the last position, and the present, which is the past's own memory. One thread.
final class LanguageModelGraph implements AutoCloseable {

  private final OnnxSession session;
  private final KeyValueCache cache;
  private final PrefixCache prefixes;
  private final LongBuffer decodeIds;
  private final LongBuffer chunkIds;
  private final IntBuffer lengths;
  private final IntBuffer longest = OnnxValue.allocateInts(1);
  private final FloatBuffer logits;
  private final OnnxValue longestValue = OnnxValue.of(longest);
  private final List<OnnxValue> values = new ArrayList<>(List.of(longestValue));
  private final int vocabularySize;
  private final int maxChunk;
  private final Map<Long, Binding> bindings = new HashMap<>();
  private volatile DecodingTimes times = DecodingTimes.NONE;

  /// @param session owned by this graph from now on
  /// @param rows how many prompts can be under way
  /// @param positions how many tokens each row can hold, prompt and answer together
  /// @param maxChunk the most prompt tokens in one run
  /// @param prefixBytes how much is kept of the beginnings of prompts; 0 keeps nothing
  /// @throws IllegalArgumentException if inputs and outputs are not those above, or the graph counts fewer positions
  LanguageModelGraph(OnnxSession session, GraphShape shape, int rows, int positions, int maxChunk, long prefixBytes) {
    GraphContract.check(session, shape);
    if (positions > shape.contextLength())
      throw new IllegalArgumentException(session + " counts " + shape.contextLength() + " positions, not " + positions);
    this.session = session;
    this.vocabularySize = shape.vocabularySize();
    this.maxChunk = maxChunk;
    this.cache = new KeyValueCache(shape.layers(), rows, shape.keyValueHeads(), positions, shape.headSize());
    this.prefixes = new PrefixCache(cache.floats(maxChunk) + vocabularySize, prefixBytes);
    this.decodeIds = OnnxValue.allocateLongs(rows);
    this.chunkIds = OnnxValue.allocateLongs(maxChunk);
    this.lengths = OnnxValue.allocateInts(rows);
    this.logits = OnnxValue.allocateFloats(Math.multiplyExact(rows, vocabularySize));
  }

  /// Puts into a row what is kept of a prompt's first chunks.
  ///
  /// @return how many of its tokens are in the row then; if all, [#logits] are those of the last one
  int resume(int row, int[] prompt) {
    int start = 0;
    for (FloatBuffer kept : prefixes.find(prompt, maxChunk)) {
      int count = Math.min(maxChunk, prompt.length - start);
      cache.restore(row, start, count, kept);
      start += count;
      if (start == prompt.length) logits.put(0, kept, cache.floats(maxChunk), vocabularySize);
    }
    times = times.withReuse(start);
    return start;
  }

  /// What the last run or [#resume] left, row `r` at `r` times the vocabulary.
  FloatBuffer logits() {
    return logits;
  }

  /// Runs `count` tokens of a prompt from `start` on, where `start` are in the cache already.
  ///
  /// @return the logits of the last of them, `[vocabulary]` at 0, until the next run
  FloatBuffer prefill(int row, int[] prompt, int start, int count) {
    for (int i = 0; i < count; i++) chunkIds.put(i, prompt[start + i]);
    lengths.put(0, start + count - 1);
    longest.put(0, start + count);
    Binding binding =
        bindings.computeIfAbsent(-1L - ((long) row * (maxChunk + 1) + count), key -> bindChunk(row, count));
    long started = System.nanoTime();
    binding.run();
    times = times.withPrefill(count, System.nanoTime() - started);
    FloatBuffer kept = prefixes.add(prompt, maxChunk, start, count);
    if (kept != null) {
      cache.save(row, start, count, kept);
      kept.put(cache.floats(maxChunk), logits, 0, vocabularySize);
    }
    return logits;
  }

  /// Says what row `row` is fed in the next [#decode].
  ///
  /// @param length how many of its tokens are in the cache already
  void feed(int row, int token, int length) {
    decodeIds.put(row, token);
    lengths.put(row, length);
  }

  /// Runs one token of each of the first `rows` rows, as fed.
  ///
  /// @return their logits, row `r` at `r` times the vocabulary, until the next run
  FloatBuffer decode(int rows) {
    int most = 0;
    for (int row = 0; row < rows; row++) most = Math.max(most, lengths.get(row) + 1);
    longest.put(0, most);
    Binding binding = bindings.computeIfAbsent((long) rows, key -> bindRows(rows));
    long started = System.nanoTime();
    binding.run();
    times = times.withDecode(rows, System.nanoTime() - started);
    return logits;
  }

  /// Copies the first `length` tokens that row `from` remembers to row `to`.
  void copyRow(int from, int to, int length) {
    cache.copyRow(from, to, length);
  }

  /// Any thread may ask.
  DecodingTimes times() {
    return times;
  }

  private Binding bindChunk(int row, int count) {
    return bind(OnnxValue.of(chunkIds.duplicate().limit(count), 1, count), row, 1);
  }

  private Binding bindRows(int rows) {
    return bind(OnnxValue.of(decodeIds.duplicate().limit(rows), rows, 1), 0, rows);
  }

  private Binding bind(OnnxValue ids, int first, int rows) {
    OnnxValue rowLengths = OnnxValue.of(lengths.duplicate().limit(rows), rows);
    OnnxValue rowLogits = OnnxValue.of(logits.duplicate().limit(rows * vocabularySize), rows, 1, vocabularySize);
    values.addAll(List.of(ids, rowLengths, rowLogits));
    Map<String, OnnxValue> inputs = new HashMap<>();
    Map<String, OnnxValue> outputs = new HashMap<>();
    inputs.put("input_ids", ids);
    inputs.put("seqlens_k", rowLengths);
    inputs.put("total_sequence_length", longestValue);
    outputs.put("logits", rowLogits);
    cache
        .rows(first, rows)
        .forEach(
            (block, view) -> {
              inputs.put("past_key_values." + block, view);
              outputs.put("present." + block, view);
            });
    return session.bind(inputs, outputs);
  }

  @Override
  public void close() {
    session.close();
    values.forEach(OnnxValue::close);
    cache.close();
    prefixes.close();
  }
}
