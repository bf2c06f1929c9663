package dev.penstock.generators.text.decoding;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Whether a graph computes for a row the same bits alone and beside others, on this processor: a prompt is read into
/// two rows, then one token follows it alone and in batches whose other rows have other tokens and some other lengths.
///
/// Which kernels run, and in which order they add, may differ with the processor, the size of the batch and the number
/// of threads; weights whose inputs are quantised with one scale for the whole batch fail everywhere.
final class BatchInvariance {

  private static final String SELF_CHECK = "self-check";
  private static final int PROMPT_TOKENS = 40;
  private static final int[] BATCHES = {2, 3, 5, 8};

  private final LanguageModelGraph graph;
  private final int slots;
  private final int chunk;
  private final int vocabularySize;
  private final int[] prompt;
  /// The row that keeps the prompt; the last one, so that it is above the others.
  private final int source;

  /// @param graph whose rows are not in use; they hold anything afterwards
  BatchInvariance(LanguageModelGraph graph, int slots, int positions, int chunk, int vocabularySize) {
    this.graph = graph;
    this.slots = slots;
    this.vocabularySize = vocabularySize;
    this.source = slots - 1;
    int tokens = Math.min(Math.max(PROMPT_TOKENS, chunk + 1), positions - 1);
    this.prompt = IntStream.range(0, tokens).map(i -> (i * 7919 + 13) % vocabularySize).toArray();
    this.chunk = chunk;
  }

  /// @return where the bits are others, as the end of a sentence; empty if they are the same everywhere
  Optional<String> difference() {
    float[] read = read(0);
    if (!Arrays.equals(read(source), read)) return Optional.of("when it reads a prompt into another row");
    feed(0);
    float[] alone = copy(graph.decode(1), 0);
    for (int batch : batches()) {
      if (!sameIn(batch, batch - 1, alone) || batch == slots && !sameIn(batch, 0, alone))
        return Optional.of("in a batch of " + batch + " than alone");
    }
    return Optional.empty();
  }

  private int[] batches() {
    return IntStream.concat(IntStream.of(BATCHES).filter(batch -> batch < slots), IntStream.of(slots))
        .filter(batch -> batch > 1).toArray();
  }

  private float[] read(int row) {
    FloatBuffer logits = graph.logits();
    for (int start = 0; start < prompt.length; start += chunk)
      logits = graph.prefill(row, SELF_CHECK, prompt, start, Math.min(chunk, prompt.length - start));
    return copy(logits, 0);
  }

  private boolean sameIn(int batch, int row, float[] alone) {
    for (int other = 0; other < batch; other++) {
      if (other == row) continue;
      int length = other % 2 == 0 ? prompt.length : 1 + other * 5 % (prompt.length - 1);
      if (other != source) graph.copyRow(source, other, length);
      graph.feed(other, prompt[length - 1], length);
    }
    if (row != source) graph.copyRow(source, row, prompt.length);
    feed(row);
    return Arrays.equals(copy(graph.decode(batch), row), alone);
  }

  private void feed(int row) {
    graph.feed(row, prompt[0], prompt.length);
  }

  private float[] copy(FloatBuffer logits, int row) {
    float[] copy = new float[vocabularySize];
    logits.get(row * vocabularySize, copy);
    return copy;
  }
}
