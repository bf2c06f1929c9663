package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.NativeMemory;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What attention remembers, for a fixed number of rows: a layer has keys and values, each one block of float32
/// `[rows, keyValueHeads, positions, headSize]` that the graph updates in place. Any range of neighbouring rows is a
/// view without a copy. One thread.
final class KeyValueCache implements AutoCloseable {

  private final int keyValueHeads;
  private final int positions;
  private final int headSize;
  private final NativeMemory memory = new NativeMemory();
  private final Map<String, FloatBuffer> blocks = new LinkedHashMap<>();
  private final Map<Long, Map<String, OnnxValue>> views = new HashMap<>();

  KeyValueCache(int layers, int rows, int keyValueHeads, int positions, int headSize) {
    this.keyValueHeads = keyValueHeads;
    this.positions = positions;
    this.headSize = headSize;
    try {
      for (int layer = 0; layer < layers; layer++)
        for (String part : List.of("key", "value"))
          blocks.put(layer + "." + part, memory.floats((long) rows * rowSize()));
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /// The rows `first` to `first + count - 1` of every block, `{layer}.{key|value}` to float32
  /// `[count, keyValueHeads, positions, headSize]`; always the same objects for the same range.
  Map<String, OnnxValue> rows(int first, int count) {
    return views.computeIfAbsent((long) first << 32 | count, range -> view(first, count));
  }

  private Map<String, OnnxValue> view(int first, int count) {
    Map<String, OnnxValue> view = new LinkedHashMap<>();
    blocks.forEach(
        (name, block) -> {
          FloatBuffer range = block.duplicate().position(first * rowSize()).limit((first + count) * rowSize());
          view.put(name, OnnxValue.of(range, count, keyValueHeads, positions, headSize));
        });
    return view;
  }

  /// Copies the first `length` positions of one row over another.
  void copyRow(int from, int to, int length) {
    int headStride = positions * headSize;
    for (FloatBuffer block : blocks.values())
      for (int head = 0; head < keyValueHeads; head++)
        block.put(to * rowSize() + head * headStride, block, from * rowSize() + head * headStride, length * headSize);
  }

  /// How many floats `count` positions of one row take.
  int floats(int count) {
    return blocks.size() * keyValueHeads * count * headSize;
  }

  /// Copies `count` positions of a row from `start` on to the beginning of `target`.
  void save(int row, int start, int count, FloatBuffer target) {
    int length = count * headSize;
    int at = 0;
    for (FloatBuffer block : blocks.values())
      for (int head = 0; head < keyValueHeads; head++, at += length)
        target.put(at, block, offset(row, head, start), length);
  }

  /// Copies what [#save] wrote to a row, from `start` on.
  void restore(int row, int start, int count, FloatBuffer source) {
    int length = count * headSize;
    int at = 0;
    for (FloatBuffer block : blocks.values())
      for (int head = 0; head < keyValueHeads; head++, at += length)
        block.put(offset(row, head, start), source, at, length);
  }

  /// The first `count` positions of some rows, copied: `past_key_values.{layer}.{key|value}` to float32
  /// `[rows, keyValueHeads, count, headSize]`; closed by the caller.
  Map<String, OnnxValue> gather(List<Integer> rows, int count) {
    int length = count * headSize;
    Map<String, OnnxValue> copies = new HashMap<>();
    blocks.forEach((name, block) -> {
      FloatBuffer copy = OnnxValue.allocateFloats(rows.size() * keyValueHeads * length);
      int at = 0;
      for (int row : rows)
        for (int head = 0; head < keyValueHeads; head++, at += length)
          copy.put(at, block, offset(row, head, 0), length);
      copies.put("past_key_values." + name, OnnxValue.of(copy, rows.size(), keyValueHeads, count, headSize));
    });
    return copies;
  }

  /// Copies the last `count` of `past + count` positions of `present.{layer}.{key|value}` to some rows.
  void scatter(List<Integer> rows, Map<String, OnnxValue> present, int past, int count) {
    int length = count * headSize;
    int stride = (past + count) * headSize;
    blocks.forEach((name, block) -> {
      FloatBuffer grown = present.get("present." + name).floats();
      int at = past * headSize;
      for (int row : rows)
        for (int head = 0; head < keyValueHeads; head++, at += stride)
          block.put(offset(row, head, past), grown, at, length);
    });
  }

  private int offset(int row, int head, int position) {
    return row * rowSize() + (head * positions + position) * headSize;
  }

  private int rowSize() {
    return keyValueHeads * positions * headSize;
  }

  @Override
  public void close() {
    List<OnnxValue> values = new ArrayList<>();
    views.values().forEach(view -> values.addAll(view.values()));
    values.forEach(OnnxValue::close);
    memory.close();
  }
}
