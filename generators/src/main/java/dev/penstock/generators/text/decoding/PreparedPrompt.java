package dev.penstock.generators.text.decoding;

import dev.penstock.generators.text.constraint.Constraint;
import dev.penstock.generators.text.sampling.AnswerRule;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A prompt as the lane needs it. Immutable; the arrays are copied in and never handed out.
///
/// @param tokens the whole prompt, at least one token
/// @param sampling how each candidate draws
/// @param maxTokens the longest answer, at least 1
/// @param seeds one for each candidate, at least one
/// @param watches makes what reads along with one candidate and may end it; any thread
/// @param constraint what each answer has to keep, or null
/// @param tenant whose it is: only the same tenant's prompts share what is known of their beginnings, because the time to a
///     first token tells whether somebody sent such a beginning before
public record PreparedPrompt(
    int[] tokens,
    SamplingSettings sampling,
    int maxTokens,
    long[] seeds,
    Supplier<AnswerWatch> watches,
    @Nullable Constraint constraint,
    String tenant) {

  public static final AnswerWatch NOBODY = token -> false;

  public PreparedPrompt {
    tokens = tokens.clone();
    seeds = seeds.clone();
    Objects.requireNonNull(watches);
    if (tokens.length == 0) throw new IllegalArgumentException("a prompt needs at least one token");
    if (maxTokens < 1) throw new IllegalArgumentException("maxTokens must be at least 1, is " + maxTokens);
    if (seeds.length == 0) throw new IllegalArgumentException("a prompt needs at least one candidate");
  }

  /// Without anybody who reads along, without a constraint, of one tenant.
  public PreparedPrompt(int[] tokens, SamplingSettings sampling, int maxTokens, long[] seeds) {
    this(tokens, sampling, maxTokens, seeds, () -> NOBODY, null, "");
  }

  /// The rule of one more answer, or null if there is no constraint.
  @Nullable AnswerRule newRule() {
    return constraint == null ? null : constraint.begin(maxTokens);
  }

  public int candidates() {
    return seeds.length;
  }

  public int promptTokens() {
    return tokens.length;
  }

  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  @Override
  public long[] seeds() {
    return seeds.clone();
  }
}
