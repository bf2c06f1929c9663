package dev.penstock.generators.text.decoding;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.sampling.AnswerRule;
import dev.penstock.generators.text.sampling.Sampler;
import dev.penstock.generators.text.sampling.SeenTokens;
import dev.penstock.generators.text.sampling.TokenWeights;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// Token by token for many prompts at once (continuous batching). A step reads some of the prompts that wait and writes
/// one token of every answer that is under way.
///
/// The first rows of the cache hold answers under way; when one ends, the last of them moves into its place.
/// Prompts are read one after another, alone, in chunks whose sizes depend on the prompt only, into a row above
/// those; its candidates then each get a copy. What is known of a prompt's beginning is not read again. So nothing that a request computes depends on who is beside it.
public final class LanguageModelStepper implements Stepper<PreparedPrompt, TextDraft>, AutoCloseable {

  /// Prompt tokens in one run: about as long as one token of 16 rows on a CPU, so that answers under way hardly wait.
  static final int CHUNK = 32;

  private final LanguageModelGraph graph;
  private final IntPredicate isStop;
  private final int vocabularySize;
  private final TokenWeights weights;
  private final int slots;
  private final int slotTokens;
  private final List<Row> rows = new ArrayList<>();
  private final Deque<Execution> waiting = new ArrayDeque<>();
  private int taken;

  /// @param session owned by this stepper from now on
  /// @param slots how many answers can be under way at once
  /// @param slotTokens how many tokens of prompt and answer each can hold
  /// @param isStop which tokens end an answer
  /// @param prefixBytes how much is kept of the beginnings of prompts; 0 keeps nothing
  public LanguageModelStepper(
      OnnxSession session, GraphShape shape, int slots, int slotTokens, IntPredicate isStop, long prefixBytes) {
    this.graph = new LanguageModelGraph(session, shape, slots, slotTokens, CHUNK, prefixBytes);
    this.isStop = isStop;
    this.vocabularySize = shape.vocabularySize();
    this.weights = new TokenWeights(vocabularySize);
    this.slots = slots;
    this.slotTokens = slotTokens;
  }

  /// As above; keeps nothing of the beginnings of prompts.
  public LanguageModelStepper(OnnxSession session, GraphShape shape, int slots, int slotTokens, IntPredicate isStop) {
    this(session, shape, slots, slotTokens, isStop, 0);
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public int slotsFor(PreparedPrompt prepared) {
    return prepared.candidates();
  }

  @Override
  public int mostSteps(PreparedPrompt prepared) {
    return Math.ceilDiv(prepared.promptTokens(), CHUNK) + prepared.maxTokens();
  }

  @Override
  public void admit(long execution, PreparedPrompt prepared) {
    if (taken + prepared.candidates() > slots)
      throw new IllegalStateException(
          prepared.candidates() + " slots are needed, " + (slots - taken) + " of " + slots + " are free");
    taken += prepared.candidates();
    waiting.add(new Execution(execution, prepared));
  }

  @Override
  public List<Ended<TextDraft>> step() {
    List<Ended<TextDraft>> ended = new ArrayList<>();
    prefill(ended);
    if (!rows.isEmpty()) decode(ended);
    return ended;
  }

  /// Reads chunks of the prompts that wait, one prompt after another, as long as they are within the step's share: a
  /// chunk, or two while more than a quarter of the rows is empty, since full steps are the cheapest a token. A first
  /// chunk is read in any case.
  private void prefill(List<Ended<TextDraft>> ended) {
    int share = rows.size() < slots * 3 / 4 ? 2 * CHUNK : CHUNK;
    int read = 0;
    while (!waiting.isEmpty()) {
      Execution execution = waiting.getFirst();
      if (execution.prefillRow < 0) resume(execution);
      int count = Math.min(CHUNK, execution.prompt.length - execution.prefilled);
      if (read > 0 && read + count > share) return;
      if (count > 0) graph.prefill(execution.prefillRow, execution.prepared.tenant(), execution.prompt, execution.prefilled, count);
      execution.prefilled += count;
      if (count > 0) execution.steps++;
      read += count;
      if (execution.isPrefilled()) startFirst(ended);
    }
  }

  /// A chunk that was known counts as a step: it says what an answer took, the same whoever computed it.
  private void resume(Execution execution) {
    execution.prefillRow = rows.size();
    execution.prefilled = graph.resume(execution.prefillRow, execution.prepared.tenant(), execution.prompt);
    execution.steps += Math.ceilDiv(execution.prefilled, CHUNK);
  }

  private void startFirst(List<Ended<TextDraft>> ended) {
    Execution execution = waiting.removeFirst();
    try {
      start(execution, graph.logits());
      if (execution.isAnswered()) ended.add(finished(execution));
    } catch (ArithmeticException e) {
      ended.add(failed(execution, e));
    }
  }

  /// Draws every candidate's first token from the prompt's logits and gives those that go on a row each.
  private void start(Execution execution, FloatBuffer logits) {
    long[] seeds = execution.prepared.seeds();
    int first = rows.size();
    for (int candidate = 0; candidate < seeds.length; candidate++) {
      AnswerRule rule = execution.prepared.newRule();
      IntPredicate exempt = rule == null ? isStop : isStop.or(rule::isPunctuation);
      SeenTokens seen = new SeenTokens(vocabularySize, execution.prompt, exempt);
      Sampler sampler = new Sampler(execution.prepared.sampling(), seeds[candidate], seen, rule);
      Row row = new Row(execution, candidate, sampler, rule, isStop);
      if (row.draw(logits, 0, weights)) rows.add(row);
    }
    for (int row = first; row < rows.size(); row++)
      if (row != execution.prefillRow) graph.copyRow(execution.prefillRow, row, execution.prompt.length);
  }

  private void decode(List<Ended<TextDraft>> ended) {
    Set<Execution> stepped = new LinkedHashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      graph.feed(row, rows.get(row).last(), rows.get(row).cached());
      stepped.add(rows.get(row).execution);
    }
    FloatBuffer logits = graph.decode(rows.size());
    stepped.forEach(execution -> execution.steps++);
    Map<Execution, ArithmeticException> failures = new LinkedHashMap<>();
    for (int row = rows.size() - 1; row >= 0; row--) {
      try {
        if (!rows.get(row).draw(logits, row * vocabularySize, weights)) leave(row);
      } catch (ArithmeticException e) {
        failures.put(rows.get(row).execution, e);
      }
    }
    stepped.stream().filter(Execution::isAnswered).forEach(execution -> ended.add(finished(execution)));
    failures.forEach((execution, cause) -> ended.add(failed(execution, cause)));
  }

  /// Closes the gap that a row leaves: the last one moves there with what it remembers.
  private void leave(int row) {
    Row last = rows.removeLast();
    if (row == rows.size()) return;
    graph.copyRow(rows.size(), row, last.cached());
    rows.set(row, last);
  }

  private Ended<TextDraft> finished(Execution execution) {
    taken -= execution.prepared.candidates();
    return new Ended.Finished<>(execution.number, execution.draft(), execution.steps);
  }

  private Ended<TextDraft> failed(Execution execution, ArithmeticException cause) {
    giveUp(execution);
    return new Ended.Failed<>(
        execution.number,
        new GenerationException.Broken("NUMERIC", "The model computed logits that are not numbers.", cause));
  }

  @Override
  public List<PartialResult> takeParts(long execution) {
    List<PartialResult> parts = new ArrayList<>();
    for (Row row : rows) {
      PartialResult part = row.execution.number == execution ? row.takeNew() : null;
      if (part != null) parts.add(part);
    }
    return parts;
  }

  @Override
  public void release(long execution) {
    Stream.concat(waiting.stream(), rows.stream().map(row -> row.execution))
        .filter(candidate -> candidate.number == execution)
        .findFirst()
        .ifPresent(this::giveUp);
  }

  private void giveUp(Execution execution) {
    waiting.remove(execution);
    for (int row = rows.size() - 1; row >= 0; row--) if (rows.get(row).execution == execution) leave(row);
    taken -= execution.prepared.candidates();
  }

  /// Whether the model computes the same bits for a row alone and beside others on this processor; takes as long as some
  /// ten steps. Only while nothing is admitted.
  ///
  /// @return where the bits are others, as the end of a sentence; empty if they are the same everywhere
  public Optional<String> batchDifference() {
    if (taken > 0) throw new IllegalStateException(taken + " slots are in use");
    return new BatchInvariance(graph, slots, slotTokens, CHUNK, vocabularySize).difference();
  }

  /// What the runs of the model came to so far. Any thread may ask.
  public DecodingTimes times() {
    return graph.times();
  }

  @Override
  public void close() {
    graph.close();
  }
}
