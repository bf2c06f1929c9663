package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.route.ContentStage;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.PromptRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Hands a variant of a prompt to the engine.
public record Submission(Engine engine, ContentStage stage) {

  void submit(AdmittedPrompt prompt, int variant, TaskDesk desk) {
    TaskDesk.Flight flight = desk.takeOff(prompt, variant);
    desk.ticket(
        flight,
        engine.submit(prompt.model().digest(), request(prompt, variant), stage.of(prompt, variant), flight));
  }

  private static GenerationRequest request(AdmittedPrompt prompt, int variant) {
    PromptRequested asked = prompt.request();
    return new GenerationRequest(
        Ids.contentId(prompt.promptId(), variant),
        asked.getTenant(),
        prompt.input(),
        prompt.parameters(),
        prompt.seed(),
        variant,
        asked.getCandidates(),
        prompt.priority(),
        deadline(prompt.deadlineMillis()));
  }

  private static @Nullable Instant deadline(long millis) {
    return millis == InboxIndex.NEVER ? null : Instant.ofEpochMilli(millis);
  }
}
