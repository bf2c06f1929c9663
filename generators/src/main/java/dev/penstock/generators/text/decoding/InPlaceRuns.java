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

/// Runs of a graph (GroupQueryAttention of com.microsoft) that writes keys and values in place and counts each row's own
/// length, so rows of any length share a run, and nothing is copied.
///
/// Inputs: `input_ids` int64 `[b, s]`, `seqlens_k` int32 `[b]` (positions after the run, less one),
/// `total_sequence_length` int32 scalar (the longest row after the run), and the past; outputs: `logits` float32
/// `[b, 1, vocabulary]` of the last position, and the present, which is the past's own memory.
final class InPlaceRuns implements GraphRuns {

  private final OnnxSession session;
  private final KeyValueCache cache;
  private final FloatBuffer logits;
  private final int vocabularySize;
  private final int maxChunk;
  private final LongBuffer decodeIds;
  private final LongBuffer chunkIds;
  private final IntBuffer lengths;
  private final IntBuffer longest = OnnxValue.allocateInts(1);
  private final OnnxValue longestValue = OnnxValue.of(longest);
  private final List<OnnxValue> values = new ArrayList<>(List.of(longestValue));
  private final Map<Long, Binding> bindings = new HashMap<>();

  InPlaceRuns(OnnxSession session, KeyValueCache cache, FloatBuffer logits, int rows, int vocabularySize, int maxChunk) {
    this.session = session;
    this.cache = cache;
    this.logits = logits;
    this.vocabularySize = vocabularySize;
    this.maxChunk = maxChunk;
    this.decodeIds = OnnxValue.allocateLongs(rows);
    this.chunkIds = OnnxValue.allocateLongs(maxChunk);
    this.lengths = OnnxValue.allocateInts(rows);
  }

  @Override
  public long prefill(int row, int[] prompt, int start, int count) {
    for (int i = 0; i < count; i++) chunkIds.put(i, prompt[start + i]);
    lengths.put(0, start + count - 1);
    longest.put(0, start + count);
    return timed(bindings.computeIfAbsent(
        -1L - ((long) row * (maxChunk + 1) + count), key -> bindChunk(row, count)));
  }

  @Override
  public void feed(int row, int token, int length) {
    decodeIds.put(row, token);
    lengths.put(row, length);
  }

  @Override
  public long decode(int rows) {
    int most = 0;
    for (int row = 0; row < rows; row++) most = Math.max(most, lengths.get(row) + 1);
    longest.put(0, most);
    return timed(bindings.computeIfAbsent((long) rows, key -> bindRows(rows)));
  }

  private static long timed(Binding binding) {
    long started = System.nanoTime();
    binding.run();
    return System.nanoTime() - started;
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
    values.forEach(OnnxValue::close);
  }
}
