package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.PlanStage;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.generatorstream.route.ChunkWriter;
import dev.penstock.generatorstream.route.ContentStage;
import dev.penstock.generatorstream.route.StreamedText;
import dev.penstock.generatorstream.shared.SharedWork;
import dev.penstock.schemas.PromptRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Hands a variant of a prompt to the engine.
///
/// @param shared stands before the engine for prompts that bring their seed: no others can be equal
/// @param chunks tells the text of prompts that ask for it, while it is written
public record Submission(Engine engine, SharedWork shared, ContentStage stage, ChunkWriter chunks) {

  void submit(AdmittedPrompt prompt, int variant, TaskDesk desk) {
    TaskDesk.Flight flight = desk.takeOff(prompt, variant);
    GenerationRequest request = request(prompt, variant);
    StreamedText text = chunks.stream(prompt, variant);
    String model = prompt.model().digest();
    PlanStage<GenerationResult, byte[]> last = stage.of(prompt, variant, text);
    if (text != null)
      desk.ticket(flight, engine.submit(model, request, last, new StreamedFlight(flight, text, request)));
    else if (prompt.request().getSeed() == null) desk.ticket(flight, engine.submit(model, request, last, flight));
    else desk.ticket(flight, shared.submit(model, request, last, flight));
  }

  private static GenerationRequest request(AdmittedPrompt prompt, int variant) {
    PromptRequested asked = prompt.request();
    return new GenerationRequest(
        nameOf(prompt, variant),
        asked.getTenant(),
        prompt.input(),
        prompt.parameters(),
        prompt.seed(),
        variant,
        asked.getCandidates(),
        prompt.priority(),
        deadline(prompt.deadlineMillis()),
        prompt.picture());
  }

  /// What the request is called in logs and by the flight recorder. A replay has another name than what it repeats:
  /// the charges against that one, of having crashed the process, are not its own.
  private static String nameOf(AdmittedPrompt prompt, int variant) {
    String contentId = prompt.contentId(variant);
    SourceRecord source = prompt.source();
    return prompt.request().getReplayOf() == null
        ? contentId
        : "%s/replay-%d@%d".formatted(contentId, source.partition(), source.offset());
  }

  private static @Nullable Instant deadline(long millis) {
    return millis == InboxIndex.NEVER ? null : Instant.ofEpochMilli(millis);
  }
}
