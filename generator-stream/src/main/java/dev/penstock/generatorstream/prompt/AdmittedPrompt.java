package dev.penstock.generatorstream.prompt;

import dev.penstock.generators.Priority;
import dev.penstock.schemas.PromptRequested;
import java.util.Map;

/// A prompt that may enter: valid, and everything pinned that could change its content.
///
/// @param request what was asked for; its `promptId` is set
/// @param model the version that will serve it
/// @param parameters typed, defaults filled in
/// @param seed the base seed
/// @param deadlineMillis epoch milliseconds, `Long.MAX_VALUE` for none
public record AdmittedPrompt(
    SourceRecord source,
    PromptRequested request,
    ServedModel model,
    Map<String, Object> parameters,
    long seed,
    Priority priority,
    long deadlineMillis)
    implements Routed {

  public AdmittedPrompt {
    parameters = Map.copyOf(parameters);
  }

  public String promptId() {
    return request.getPromptId();
  }
}
