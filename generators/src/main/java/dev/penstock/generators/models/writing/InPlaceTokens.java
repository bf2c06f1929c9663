package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.onnx.Binding;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// [NextTokens] of a graph that writes its key/value cache in place.
final class InPlaceTokens implements NextTokens {

  private final OnnxSession session;
  private final List<OnnxValue> values = new ArrayList<>();
  private final LongBuffer ids;
  private final IntBuffer lengths;
  private final IntBuffer total;
  private final FloatBuffer logits;
  private final Binding binding;
  private final int rows;
  private final int capacity;

  /// @param session  owned by this object from now on
  InPlaceTokens(OnnxSession session, LanguageModelSection shape, int rows, int capacity) {
    this.session = session;
    this.rows = rows;
    this.capacity = capacity;
    this.ids = OnnxValue.allocateLongs(rows);
    this.lengths = OnnxValue.allocateInts(rows);
    this.total = OnnxValue.allocateInts(1);
    this.logits = OnnxValue.allocateFloats(rows * shape.vocabularySize());
    var inputs = new HashMap<String, OnnxValue>();
    var outputs = new HashMap<String, OnnxValue>();
    inputs.put("input_ids", kept(OnnxValue.of(ids, rows, 1)));
    inputs.put("seqlens_k", kept(OnnxValue.of(lengths, rows)));
    inputs.put("total_sequence_length", kept(OnnxValue.of(total)));
    outputs.put("logits", kept(OnnxValue.of(logits, rows, 1, shape.vocabularySize())));
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String part : List.of("key", "value")) {
        OnnxValue cache = kept(cache(shape));
        inputs.put("past_key_values." + layer + "." + part, cache);
        outputs.put("present." + layer + "." + part, cache);
      }
    }
    this.binding = session.bind(inputs, outputs);
  }

  private OnnxValue cache(LanguageModelSection shape) {
    int size = rows * shape.keyValueHeads() * capacity * shape.headSize();
    return OnnxValue.of(OnnxValue.allocateFloats(size), rows, shape.keyValueHeads(), capacity, shape.headSize());
  }

  private OnnxValue kept(OnnxValue value) {
    values.add(value);
    return value;
  }

  @Override
  public FloatBuffer step(int position, int... tokens) {
    NextTokens.check(position, capacity, tokens, rows);
    for (int row = 0; row < rows; row++) {
      ids.put(row, tokens[row]);
      lengths.put(row, position);
    }
    total.put(0, position + 1);
    binding.run();
    return logits.duplicate();
  }

  @Override
  public void close() {
    session.close();
    values.forEach(OnnxValue::close);
  }
}
