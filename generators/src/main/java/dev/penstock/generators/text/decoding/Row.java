package dev.penstock.generators.text.decoding;

import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.text.decoding.TextDraft.Answer;
import dev.penstock.generators.text.sampling.AnswerRule;
import dev.penstock.generators.text.sampling.Sampler;
import dev.penstock.generators.text.sampling.TokenWeights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// One candidate that is being written, apart from the row of the cache that it happens to stand in.
final class Row {

  final Execution execution;
  private final int candidate;
  private final Sampler sampler;
  private final IntPredicate isStop;
  private final @Nullable AnswerRule rule;
  private final AnswerWatch watch;
  private int[] answer = new int[32];
  private double[] logProbabilities = {};
  private int size;
  private int told;

  /// @param rule the one that the sampler keeps, or null
  Row(Execution execution, int candidate, Sampler sampler, @Nullable AnswerRule rule, IntPredicate isStop) {
    this.execution = execution;
    this.candidate = candidate;
    this.sampler = sampler;
    this.rule = rule;
    this.isStop = isStop;
    this.watch = execution.prepared.watches().get();
  }

  /// The token to feed next: the last one that was drawn.
  int last() {
    return answer[size - 1];
  }

  /// How many tokens of this row are in the cache: all but the last.
  int cached() {
    return execution.prompt.length + size - 1;
  }

  /// Draws the next token.
  ///
  /// @return whether the candidate goes on; if not, its execution has its answer
  /// @throws ArithmeticException if a logit is not a number
  boolean draw(FloatBuffer logits, int offset, TokenWeights weights) {
    int token = sampler.next(logits, offset, weights);
    if (isStop.test(token)) return end(FinishReason.STOP);
    append(token);
    if (rule != null && rule.isOver() || watch.ends(token)) return end(FinishReason.STOP);
    return size < execution.prepared.maxTokens() || end(FinishReason.LENGTH);
  }

  /// The tokens drawn since this was asked last, or null if there are none.
  PartialResult.@Nullable Tokens takeNew() {
    if (told == size) return null;
    var tokens = new PartialResult.Tokens(candidate, Arrays.copyOfRange(answer, told, size));
    told = size;
    return tokens;
  }

  private void append(int token) {
    if (size == answer.length) answer = Arrays.copyOf(answer, size * 2);
    if (execution.prepared.sampling().logProbabilities()) {
      if (size >= logProbabilities.length) logProbabilities = Arrays.copyOf(logProbabilities, answer.length);
      logProbabilities[size] = sampler.logProbability();
    }
    answer[size++] = token;
  }

  private boolean end(FinishReason reason) {
    double[] asked = Arrays.copyOf(logProbabilities, Math.min(size, logProbabilities.length));
    execution.answer(candidate, new Answer(Arrays.copyOf(answer, size), asked, reason));
    return false;
  }
}
