package dev.penstock.generators.text.entities;

import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.TokenClassificationSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.TensorInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The encoder. One thread.
///
/// A row must not depend on the rows beside it. So a row's length in a batch depends on its own tokens alone: it is filled up
/// to the next of a few lengths, and rows of different lengths run apart. Whether the kernels of this machine give a row the
/// same bits in every batch size is tried out at opening, and if they do not, as with graphs that scale 8-bit activations
/// by the whole batch, every row runs alone from then on.
final class TokenGraph implements AutoCloseable {

  private static final int SHORTEST = 16;
  /// Longest rows that batch sizes are tried out with: longer ones use the same kernels and cost more.
  private static final int TRIED = 64;

  private final TokenClassificationSection section;
  private final OnnxSession session;
  private final int rows;
  private final Map<Integer, TokenBatch> batches = new HashMap<>();
  private final boolean alone;

  /// @param session closed by this
  /// @param rows the largest batch
  /// @throws InvalidModelException if the graph does not take or make what the manifest promises
  TokenGraph(TokenClassificationSection section, OnnxSession session, int rows) {
    this.section = section;
    this.session = session;
    this.rows = rows;
    check("inputIds", section.inputIds(), session.inputs());
    check("attentionMask", section.attentionMask(), session.inputs());
    String types = section.tokenTypeIds();
    if (types != null) check("tokenTypeIds", types, session.inputs());
    check("logits", section.logits(), session.outputs());
    checkLabels();
    this.alone = !givesTheSameBitsInEverySize();
  }

  private static void check(String key, String name, Map<String, TensorInfo> there) {
    if (there.containsKey(name)) return;
    throw new InvalidModelException("tokenClassification." + key + " is " + name + "; the graph has " + there.keySet() + ".");
  }

  private void checkLabels() {
    TensorInfo logits = session.outputs().get(section.logits());
    long found = logits.shape().isEmpty() ? 0 : logits.shape().getLast();
    if (found < 0 || found == section.labels().size()) return;
    throw new InvalidModelException(
        "tokenClassification.labels names %d labels, and the graph %s makes %s in its output %s."
            .formatted(section.labels().size(), session.name(), logits, section.logits()));
  }

  /// The largest batch.
  int rows() {
    return rows;
  }

  /// Whether every row runs alone, because this machine's kernels are not batch-invariant with this graph.
  boolean runsAlone() {
    return alone;
  }

  /// The length to which rows of so many tokens are filled up.
  int length(int tokens) {
    int length = SHORTEST;
    while (length < tokens) length *= 2;
    return Math.min(length, section.maxTokens());
  }

  /// Labels rows of one length; `reader` is told each row's batch and place after its run.
  void run(int length, List<int[]> tokens, Reader reader) {
    TokenBatch batch = batch(length);
    int most = alone ? 1 : rows;
    for (int first = 0; first < tokens.size(); first += most) {
      int count = Math.min(most, tokens.size() - first);
      for (int row = 0; row < count; row++) batch.write(row, tokens.get(first + row));
      batch.run(sizes().filter(size -> size >= count).findFirst().orElseThrow());
      for (int row = 0; row < count; row++) reader.read(first + row, batch, row);
    }
  }

  /// Told where a row's logits are; they are gone after the call.
  @FunctionalInterface
  interface Reader {
    void read(int index, TokenBatch batch, int row);
  }

  private TokenBatch batch(int length) {
    return batches.computeIfAbsent(length, it -> new TokenBatch(section, session, rows, it));
  }

  /// From small to large.
  private IntStream sizes() {
    return IntStream.iterate(1, size -> size <= rows, size -> 2 * size);
  }

  private boolean givesTheSameBitsInEverySize() {
    for (int length : new int[] {SHORTEST, Math.min(TRIED, section.maxTokens())}) {
      TokenBatch batch = batch(length);
      for (int row = 0; row < rows; row++) batch.write(row, probe(row, length));
      float[][] expected = null;
      for (int size : sizes().boxed().sorted((a, b) -> b - a).toList()) {
        batch.run(size);
        float[][] found = new float[size][];
        for (int row = 0; row < size; row++) found[row] = logits(batch, row, length);
        if (expected == null) expected = found;
        if (!Arrays.deepEquals(found, Arrays.copyOf(expected, size))) return false;
      }
    }
    return true;
  }

  /// Rows that differ in tokens and length: equal ones hide that a kernel takes another way for a row alone.
  private int[] probe(int row, int length) {
    return IntStream.range(0, length - row).map(i -> (7 * row + 3 * i) % 5).toArray();
  }

  private float[] logits(TokenBatch batch, int row, int length) {
    int labels = section.labels().size();
    float[] all = new float[(length - row) * labels];
    float[] one = new float[labels];
    for (int token = 0; token < length - row; token++) {
      batch.read(row, token, one);
      System.arraycopy(one, 0, all, token * labels, labels);
    }
    return all;
  }

  @Override
  public void close() {
    batches.values().forEach(TokenBatch::close);
    session.close();
  }
}
