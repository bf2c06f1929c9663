package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs of a graph that returns its keys and values longer than it got them, as most exporters write it. All of them are
/// copied in and out of the cache at every step, and only rows of equal length, a cohort, share a run.
///
/// Inputs: `input_ids` int64 `[b, s]`, `attention_mask` int64 `[b, past + s]`, `position_ids` int64 `[b, s]` if the
/// graph has it, `past_key_values.{layer}.{key|value}` float32 `[b, keyValueHeads, past, headSize]`; outputs: `logits`
/// float32 `[b, s, vocabulary]` or of the last position only, `present.{layer}.{key|value}` of `past + s` positions.
final class GrowingRuns implements GraphRuns {

  static final String MASK = "attention_mask";
  static final String POSITIONS = "position_ids";

  private final OnnxSession session;
  private final KeyValueCache cache;
  private final FloatBuffer logits;
  private final int vocabularySize;
  private final int[] tokens;
  private final int[] lengths;

  GrowingRuns(OnnxSession session, KeyValueCache cache, FloatBuffer logits, int rows, int vocabularySize) {
    this.session = session;
    this.cache = cache;
    this.logits = logits;
    this.vocabularySize = vocabularySize;
    this.tokens = new int[rows];
    this.lengths = new int[rows];
  }

  /// Whether a graph is of this kind.
  static boolean fits(OnnxSession session) {
    return session.inputs().containsKey(MASK) && !session.inputs().containsKey("seqlens_k");
  }

  @Override
  public long prefill(int row, int[] prompt, int start, int count) {
    LongBuffer ids = OnnxValue.allocateLongs(count);
    for (int i = 0; i < count; i++) ids.put(i, prompt[start + i]);
    return run(List.of(row), ids, count, start, 0);
  }

  @Override
  public void feed(int row, int token, int length) {
    tokens[row] = token;
    lengths[row] = length;
  }

  @Override
  public long decode(int rows) {
    TreeMap<Integer, List<Integer>> cohorts = new TreeMap<>();
    for (int row = 0; row < rows; row++) cohorts.computeIfAbsent(lengths[row], key -> new ArrayList<>()).add(row);
    long nanos = 0;
    for (Map.Entry<Integer, List<Integer>> cohort : cohorts.entrySet()) {
      List<Integer> members = cohort.getValue();
      LongBuffer ids = OnnxValue.allocateLongs(members.size());
      for (int i = 0; i < members.size(); i++) ids.put(i, tokens[members.get(i)]);
      nanos += run(members, ids, 1, cohort.getKey(), vocabularySize);
    }
    return nanos;
  }

  /// @param logitsStride row `r` writes its logits at `r` times this
  private long run(List<Integer> rows, LongBuffer ids, int count, int past, int logitsStride) {
    int batch = rows.size();
    Map<String, OnnxValue> inputs = new HashMap<>(cache.gather(rows, past));
    inputs.put("input_ids", OnnxValue.of(ids, batch, count));
    inputs.put(MASK, OnnxValue.of(filled(batch * (past + count), 0, 0), batch, past + count));
    if (session.inputs().containsKey(POSITIONS))
      inputs.put(POSITIONS, OnnxValue.of(filled(batch * count, past, count), batch, count));
    long started = System.nanoTime();
    Map<String, OnnxValue> outputs;
    try {
      outputs = session.run(inputs);
    } finally {
      inputs.values().forEach(OnnxValue::close);
    }
    long nanos = System.nanoTime() - started;
    cache.scatter(rows, outputs, past, count);
    FloatBuffer written = outputs.get("logits").floats();
    int each = written.remaining() / batch;
    for (int i = 0; i < batch; i++)
      logits.put(rows.get(i) * logitsStride, written, (i + 1) * each - vocabularySize, vocabularySize);
    return nanos;
  }

  /// Ones, or where `period` is given the numbers from `first` on, again and again.
  private static LongBuffer filled(int size, int first, int period) {
    LongBuffer values = OnnxValue.allocateLongs(size);
    for (int i = 0; i < size; i++) values.put(i, period == 0 ? 1 : first + i % period);
    return values;
  }

  @Override
  public void close() {}
}
