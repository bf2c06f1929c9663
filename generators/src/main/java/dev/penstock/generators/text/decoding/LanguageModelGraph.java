package dev.penstock.generators.text.decoding;

import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two ways in which a decoder-only transformer is run: a chunk of one row's prompt, and one token of each of the
/// first rows. Its keys and values lie in a cache of rows; how it reads and writes them is up to the kind of graph
/// ([GraphRuns]), and so is which rows share a run. A row's logits do not depend on its neighbours. One thread.
final class LanguageModelGraph implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LanguageModelGraph.class);

  private final OnnxSession session;
  private final KeyValueCache cache;
  private final PrefixCache prefixes;
  private final FloatBuffer logits;
  private final GraphRuns runs;
  private final int vocabularySize;
  private final int maxChunk;
  private volatile DecodingTimes times = DecodingTimes.NONE;

  /// @param session owned by this graph from now on
  /// @param rows how many prompts can be under way
  /// @param positions how many tokens each row can hold, prompt and answer together
  /// @param maxChunk the most prompt tokens in one run
  /// @param prefixBytes how much is kept of the beginnings of prompts; 0 keeps nothing
  /// @throws IllegalArgumentException if inputs and outputs are those of no known kind, or the graph counts fewer positions
  LanguageModelGraph(OnnxSession session, GraphShape shape, int rows, int positions, int maxChunk, long prefixBytes) {
    GraphContract.check(session, shape);
    if (positions > shape.contextLength())
      throw new IllegalArgumentException(session + " counts " + shape.contextLength() + " positions, not " + positions);
    this.session = session;
    this.vocabularySize = shape.vocabularySize();
    this.maxChunk = maxChunk;
    this.cache = new KeyValueCache(shape.layers(), rows, shape.keyValueHeads(), positions, shape.headSize());
    this.prefixes = new PrefixCache(cache.floats(maxChunk) + vocabularySize, prefixBytes);
    this.logits = OnnxValue.allocateFloats(Math.multiplyExact(rows, vocabularySize));
    this.runs = runs(rows);
  }

  private GraphRuns runs(int rows) {
    if (!GrowingRuns.fits(session))
      return new InPlaceRuns(session, cache, logits, rows, vocabularySize, maxChunk);
    LOG.atWarn().addKeyValue("graph", session.name())
        .log("The graph returns its keys and values grown: each step copies them all and only rows of equal length share"
            + " a run; an export with GroupQueryAttention is several times faster");
    return new GrowingRuns(session, cache, logits, rows, vocabularySize);
  }

  /// Puts into a row what is kept of a prompt's first chunks.
  ///
  /// @return how many of its tokens are in the row then; if all, [#logits] are those of the last one
  int resume(int row, String tenant, int[] prompt) {
    int start = 0;
    for (FloatBuffer kept : prefixes.find(tenant, prompt, maxChunk)) {
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
  FloatBuffer prefill(int row, String tenant, int[] prompt, int start, int count) {
    times = times.withPrefill(count, runs.prefill(row, prompt, start, count));
    FloatBuffer kept = prefixes.add(tenant, prompt, maxChunk, start, count);
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
    runs.feed(row, token, length);
  }

  /// Runs one token of each of the first `rows` rows, as fed.
  ///
  /// @return their logits, row `r` at `r` times the vocabulary, until the next run
  FloatBuffer decode(int rows) {
    times = times.withDecode(rows, runs.decode(rows));
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

  @Override
  public void close() {
    session.close();
    runs.close();
    cache.close();
    prefixes.close();
  }
}
