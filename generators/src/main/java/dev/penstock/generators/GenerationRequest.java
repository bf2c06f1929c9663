package dev.penstock.generators;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One variant of one prompt with everything pinned that could change its bytes: the same model digest,
/// input, parameters, seed, variant and candidates give the same result on the same CPU model and runtime.
///
/// @param id names the request in logs and in the flight recorder: the content id, and for a replay which one it is
/// @param tenant whose work this is; fairness is counted by it
/// @param input what to generate from
/// @param parameters values by name as the model's manifest declares them: validated, typed (`String`,
///     `Long`, `Double`, `Boolean`), defaults filled in
/// @param seed the base seed; every draw goes through [Seeds#draw]
/// @param variant which of the prompt's variants, from 0
/// @param candidates how many answers to make and choose the best of, at least 1
/// @param deadline when the result becomes worthless, or null
/// @param picture what to work from beside the words, for models that take one; or null
public record GenerationRequest(
    String id,
    String tenant,
    Input input,
    Map<String, Object> parameters,
    long seed,
    int variant,
    int candidates,
    Priority priority,
    @Nullable Instant deadline,
    @Nullable InputPicture picture) {

  public GenerationRequest {
    Objects.requireNonNull(id);
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(input);
    Objects.requireNonNull(priority);
    parameters = Map.copyOf(parameters);
    if (variant < 0) throw new IllegalArgumentException("variant must be at least 0, is " + variant);
    if (candidates < 1) throw new IllegalArgumentException("candidates must be at least 1, is " + candidates);
  }

  /// A request without a picture.
  public GenerationRequest(
      String id,
      String tenant,
      Input input,
      Map<String, Object> parameters,
      long seed,
      int variant,
      int candidates,
      Priority priority,
      @Nullable Instant deadline) {
    this(id, tenant, input, parameters, seed, variant, candidates, priority, deadline, null);
  }
}
