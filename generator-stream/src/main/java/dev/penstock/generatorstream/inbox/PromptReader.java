package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generatorstream.admit.Admission;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.PromptRequested;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The prompts of one task by their offsets: those admitted last as they are, others read back from the store. The stream
/// thread's.
record PromptReader(Admission admission, ServedModels models, InboxStore store, RecentPrompts recent) {

  /// A prompt that is to run, or null if nothing here may answer it. By the model version that it was admitted for; where
  /// that is not served, as while a new one is rolled out, by the version that is, unless the prompt asks for its version.
  @Nullable AdmittedPrompt toRun(long offset) {
    AdmittedPrompt prompt = recent.get(offset);
    if (prompt != null) return prompt;
    StoredPrompt stored = store.get(offset);
    ServedModel model =
        models.byDigest(stored.modelDigest()).or(() -> models.askedForBy(admission.request(stored.source()))).orElse(null);
    if (model == null) return null;
    try {
      return admission.readmit(
          stored.source(), model, stored.seed(), stored.priority(), stored.deadlineMillis(), stored.template());
    } catch (InvalidParameterException e) {
      return null; // The version that is served does not take what the other one took.
    }
  }

  /// A prompt for the record of its end only: its model may be gone, its parameters do not matter any more.
  AdmittedPrompt toEnd(long offset) {
    AdmittedPrompt prompt = recent.get(offset);
    if (prompt != null) return prompt;
    StoredPrompt stored = store.get(offset);
    PromptRequested request = admission.request(stored.source());
    return new AdmittedPrompt(
        stored.source(),
        request,
        models.byDigest(stored.modelDigest()).orElse(models.models().getFirst()),
        Map.of(),
        Ids.hash(request.getPromptId()),
        stored.seed(),
        stored.priority(),
        stored.deadlineMillis(),
        stored.template());
  }

  /// What the index needs to know of an entry, which earlier versions have in the body only.
  Pending pending(long offset, byte[] entry, List<Integer> ended) {
    Pending pending = StoredPrompt.pending(offset, entry, ended);
    if (pending != null) return pending;
    StoredPrompt stored = StoredPrompt.fromBytes(entry);
    PromptRequested request = admission.request(stored.source());
    return stored.ofTenant(Ids.hash(request.getPromptId()), request.getTenant()).pending(ended);
  }
}
