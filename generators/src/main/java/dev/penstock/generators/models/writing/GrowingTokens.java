package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [NextTokens] of a graph that returns its keys and values grown: what one step returns is what the next one reads.
final class GrowingTokens implements NextTokens {

  private final OnnxSession session;
  private final LanguageModelSection shape;
  private final int rows;
  private final int capacity;
  private Map<String, OnnxValue> past = Map.of();

  /// @param session owned by this object from now on
  GrowingTokens(OnnxSession session, LanguageModelSection shape, int rows, int capacity) {
    this.session = session;
    this.shape = shape;
    this.rows = rows;
    this.capacity = capacity;
  }

  @Override
  public FloatBuffer step(int position, int... tokens) {
    NextTokens.check(position, capacity, tokens, rows);
    if (position == 0) {
      past.values().forEach(OnnxValue::close);
      past = nothing();
    }
    Map<String, OnnxValue> inputs = new HashMap<>(past);
    inputs.put("input_ids", OnnxValue.of(filled(rows, tokens), rows, 1));
    inputs.put("attention_mask", OnnxValue.of(filled(rows * (position + 1), 1), rows, position + 1));
    if (session.inputs().containsKey("position_ids")) {
      inputs.put("position_ids", OnnxValue.of(filled(rows, position), rows, 1));
    }
    Map<String, OnnxValue> outputs;
    try {
      outputs = session.run(inputs);
    } finally {
      inputs.values().forEach(OnnxValue::close);
      past = Map.of();
    }
    past = renamed(outputs, position + 1);
    return outputs.get("logits").floats();
  }

  /// @throws InferenceException a cache has not grown by one position
  private Map<String, OnnxValue> renamed(Map<String, OnnxValue> outputs, int positions) {
    Map<String, OnnxValue> present = new HashMap<>();
    int size = rows * shape.keyValueHeads() * positions * shape.headSize();
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String part : List.of(layer + ".key", layer + ".value")) {
        OnnxValue value = outputs.get("present." + part);
        if (value.floats().remaining() != size) {
          throw new InferenceException(InferenceException.Kind.MODEL, "present." + part + " has "
              + value.floats().remaining() + " elements after " + positions + " positions; " + size + " are needed", null);
        }
        present.put("past_key_values." + part, value);
      }
    }
    return present;
  }

  private Map<String, OnnxValue> nothing() {
    Map<String, OnnxValue> empty = new HashMap<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String part : List.of(layer + ".key", layer + ".value")) {
        empty.put("past_key_values." + part,
            OnnxValue.of(OnnxValue.allocateFloats(0), rows, shape.keyValueHeads(), 0, shape.headSize()));
      }
    }
    return empty;
  }

  /// The values, again and again.
  private static LongBuffer filled(int size, int... values) {
    LongBuffer filled = OnnxValue.allocateLongs(size);
    for (int i = 0; i < size; i++) {
      filled.put(i, values[i % values.length]);
    }
    return filled;
  }

  @Override
  public void close() {
    session.close();
    past.values().forEach(OnnxValue::close);
  }
}
