package dev.penstock.generators.text.entities;

import dev.penstock.generators.models.TokenClassificationSection;
import dev.penstock.generators.onnx.Binding;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Memory for rows of one length: write rows, run, read rows. One thread.
final class TokenBatch implements AutoCloseable {

  private final TokenClassificationSection section;
  private final OnnxSession session;
  private final int length;
  private final LongBuffer ids;
  private final LongBuffer mask;
  private final LongBuffer types;
  private final FloatBuffer logits;
  private final List<OnnxValue> values = new ArrayList<>();
  private final Map<Integer, Binding> bindings = new HashMap<>();

  TokenBatch(TokenClassificationSection section, OnnxSession session, int rows, int length) {
    this.section = section;
    this.session = session;
    this.length = length;
    this.ids = OnnxValue.allocateLongs(rows * length);
    this.mask = OnnxValue.allocateLongs(rows * length);
    this.types = OnnxValue.allocateLongs(rows * length);
    this.logits = OnnxValue.allocateFloats(rows * length * section.labels().size());
    for (int row = 0; row < rows; row++) write(row, new int[] {section.padToken()});
  }

  /// Writes row `row`, 0-based, and fills it up.
  ///
  /// @param tokens at least one, at most the batch's length
  void write(int row, int[] tokens) {
    for (int i = 0; i < length; i++) {
      boolean there = i < tokens.length;
      ids.put(row * length + i, there ? tokens[i] : section.padToken());
      mask.put(row * length + i, there ? 1 : 0);
    }
  }

  /// Runs the first `rows` rows.
  void run(int rows) {
    bindings.computeIfAbsent(rows, this::bind).run();
  }

  /// The logits of one token into `into`, one a label.
  void read(int row, int token, float[] into) {
    logits.get((row * length + token) * into.length, into);
  }

  private Binding bind(int rows) {
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put(section.inputIds(), tokens(ids, rows));
    inputs.put(section.attentionMask(), tokens(mask, rows));
    String tokenTypeIds = section.tokenTypeIds();
    if (tokenTypeIds != null) inputs.put(tokenTypeIds, tokens(types, rows));
    int labels = section.labels().size();
    OnnxValue output = keep(OnnxValue.of(logits.slice(0, rows * length * labels), rows, length, labels));
    return session.bind(inputs, Map.of(section.logits(), output));
  }

  private OnnxValue tokens(LongBuffer memory, int rows) {
    return keep(OnnxValue.of(memory.slice(0, rows * length), rows, length));
  }

  private OnnxValue keep(OnnxValue value) {
    values.add(value);
    return value;
  }

  @Override
  public void close() {
    values.forEach(OnnxValue::close);
  }
}
