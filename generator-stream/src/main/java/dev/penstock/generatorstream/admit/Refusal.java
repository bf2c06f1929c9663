package dev.penstock.generatorstream.admit;

import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptRequested;
import org.jspecify.annotations.Nullable;

/// Why a prompt record does not enter.
///
/// @param outcome REJECTED, EXPIRED or DEAD_LETTERED
/// @param reason a stable code
/// @param sentence what was wrong, where, and what mends it; never contains the prompt's text
/// @param request the prompt as far as it could be read, or null
/// @param cause for dead letters, or null
record Refusal(
    Outcome outcome,
    String reason,
    String sentence,
    @Nullable PromptRequested request,
    @Nullable Throwable cause) {

  /// Thrown by a rule to end the checks.
  @SuppressWarnings("serial")
  static final class Refused extends Exception {
    private final transient Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.reason(), null, false, false);
      this.refusal = refusal;
    }

    static Refused rejected(PromptRequested request, String reason, String sentence) {
      return new Refused(new Refusal(Outcome.REJECTED, reason, sentence, request, null));
    }

    Refusal refusal() {
      return refusal;
    }
  }
}
