package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.route.ChunkWriter;
import dev.penstock.generatorstream.route.ContentStage;
import dev.penstock.generatorstream.route.StreamedText;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.PromptRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Hands a variant of a prompt to the engine.
///
/// @param chunks tells the text of prompts that ask for it, while it is written
public record Submission(Engine engine, ContentStage stage, ChunkWriter chunks) {

  void submit(AdmittedPrompt prompt, int variant, TaskDesk desk) {
    TaskDesk.Flight flight = desk.takeOff(prompt, variant);
    GenerationRequest request = request(prompt, variant);
    StreamedText text = chunks.stream(prompt, variant);
    Completion<byte[]> completion = text == null ? flight : new StreamedFlight(flight, text, request);
    desk.ticket(
        flight, engine.submit(prompt.model().digest(), request, stage.of(prompt, variant, text), completion));
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
