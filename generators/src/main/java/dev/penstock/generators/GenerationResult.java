package dev.penstock.generators;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// A finished variant: encoded, scored, ready to travel.
///
/// @param body the encoded content (UTF-8 for text); owned by the receiver, not to be changed
/// @param mediaType for example `text/plain; charset=utf-8` or `image/png`
/// @param alternates the candidates that were not chosen, best first
/// @param scores cheap quality scores of the chosen content by name, for example `relevance` in -1..1
/// @param executionId the run that made it, new each time a request takes slots; filled in by the engine
/// @param logProbabilities of the tokens of the chosen text in order, if they were asked for; else empty
public record GenerationResult(
    byte[] body,
    String mediaType,
    List<Alternate> alternates,
    Map<String, Double> scores,
    Usage usage,
    FinishReason finishReason,
    Timings timings,
    UUID executionId,
    List<TokenLogProbability> logProbabilities) {

  /// The execution id of what no engine has run yet.
  public static final UUID NO_EXECUTION = new UUID(0, 0);

  public GenerationResult {
    Objects.requireNonNull(body);
    Objects.requireNonNull(mediaType);
    Objects.requireNonNull(usage);
    Objects.requireNonNull(finishReason);
    Objects.requireNonNull(timings);
    Objects.requireNonNull(executionId);
    alternates = List.copyOf(alternates);
    scores = Map.copyOf(scores);
    logProbabilities = List.copyOf(logProbabilities);
  }

  /// A result as a generator makes it, which knows no execution.
  public GenerationResult(
      byte[] body,
      String mediaType,
      List<Alternate> alternates,
      Map<String, Double> scores,
      Usage usage,
      FinishReason finishReason,
      Timings timings) {
    this(body, mediaType, alternates, scores, usage, finishReason, timings, NO_EXECUTION, List.of());
  }

  /// The same with the execution that made it.
  public GenerationResult withExecution(UUID made) {
    return copy(usage, timings, made, logProbabilities);
  }

  /// The same with the log-probabilities of its tokens.
  public GenerationResult withLogProbabilities(List<TokenLogProbability> told) {
    return copy(usage, timings, executionId, told);
  }

  private GenerationResult copy(Usage cost, Timings times, UUID made, List<TokenLogProbability> told) {
    return new GenerationResult(body, mediaType, alternates, scores, cost, finishReason, times, made, told);
  }

  /// The same with the steps that the engine counted.
  public GenerationResult withSteps(int steps) {
    Usage counted = new Usage(usage.inputTokens, usage.outputTokens, usage.pixels, steps);
    return copy(counted, timings, executionId, logProbabilities);
  }

  /// The same with the times that the engine measured.
  public GenerationResult withTimings(Timings measured) {
    return copy(usage, measured, executionId, logProbabilities);
  }

  /// A candidate that lost.
  public record Alternate(byte[] body, String mediaType, Map<String, Double> scores) {
    public Alternate {
      Objects.requireNonNull(body);
      Objects.requireNonNull(mediaType);
      scores = Map.copyOf(scores);
    }
  }

  /// One token of the text.
  ///
  /// @param token its id in the model's vocabulary
  /// @param text what it adds to the text; a character that several tokens make up is the last one's. All together
  ///     are the text as the model wrote it, before quotes and white space around it were taken off
  /// @param logProbability natural logarithm of the probability that the model itself gave to it, before bias,
  ///     penalties and temperature; at most 0
  public record TokenLogProbability(int token, String text, double logProbability) {
    public TokenLogProbability {
      Objects.requireNonNull(text);
    }
  }

  /// What the result cost. Counts are zero where the family has no such unit.
  ///
  /// @param steps filled in by the engine
  public record Usage(int inputTokens, int outputTokens, long pixels, int steps) {}

  /// Why a generator stopped.
  public enum FinishReason {
    /// The model ended its answer, or a stop string was met.
    STOP,
    /// The answer reached its allowed length.
    LENGTH
  }

  /// Where the time went, in nanoseconds: waiting for a slot, in the lane, and in the stages around it.
  /// Filled in by the engine; a generator leaves [#NONE].
  public record Timings(long waitNanos, long laneNanos, long stageNanos) {

    /// Not measured yet.
    public static final Timings NONE = new Timings(0, 0, 0);
  }
}
