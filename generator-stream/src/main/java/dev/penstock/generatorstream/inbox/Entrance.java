package dev.penstock.generatorstream.inbox;

import dev.penstock.generatorstream.ids.Fate;
import dev.penstock.generatorstream.ids.PromptIds;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.schemas.Outcome;
import org.jspecify.annotations.Nullable;

/// Decides whether an admitted prompt enters the inbox of its task: its id must be unused, nobody may have taken it back,
/// and there must be room for its tenant and for it. The stream thread's.
record Entrance(InboxIndex index, PromptIds ids, InboxLimits limits) {

  /// Why a prompt ends at the entrance.
  record Closed(Outcome outcome, String reason, String sentence) {}

  /// @return null if it may enter
  @Nullable Closed check(AdmittedPrompt prompt, long nowMillis) {
    Closed duplicate = duplicate(prompt, nowMillis);
    if (duplicate != null) return duplicate;
    if (ids.isTakenBack(prompt, nowMillis))
      return new Closed(Outcome.CANCELLED, "CANCELLED", "the prompt was taken back before it came");
    String tenant = prompt.request().getTenant();
    if (index.held(tenant) >= limits.tenantEntries())
      return rejected(
          "TENANT_LIMIT",
          "%d prompts of this tenant are waiting in this partition, its share; send it again when some have ended"
              .formatted(index.held(tenant)));
    if (limits.isFull())
      return rejected(
          "INBOX_FULL", "%d prompts are waiting already; send it again later".formatted(limits.entries().get()));
    return null;
  }

  private @Nullable Closed duplicate(AdmittedPrompt prompt, long nowMillis) {
    long held = index.offsetOf(prompt.idHash());
    if (held >= 0)
      return duplicateOf("a prompt with this id, of offset %d of this partition, has not ended yet".formatted(held));
    Fate fate = ids.fateOf(prompt.idHash(), nowMillis);
    if (fate == null) return null;
    return switch (fate) {
      case MADE -> duplicateOf("content was made for this id already");
      case CANCELLED -> duplicateOf("a prompt with this id was taken back");
      case DEAD_LETTERED ->
          prompt.request().getReplayOf() != null
              ? null
              : duplicateOf("a prompt with this id is a dead letter; replay that, or send another id");
    };
  }

  private static Closed duplicateOf(String sentence) {
    return new Closed(Outcome.DUPLICATE_OF, "DUPLICATE_ID", sentence);
  }

  private static Closed rejected(String reason, String sentence) {
    return new Closed(Outcome.REJECTED, reason, sentence);
  }
}
