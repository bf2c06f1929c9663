package dev.penstock.generatorstream.prompt;

import dev.penstock.schemas.Ids;
import org.jspecify.annotations.Nullable;

/// A prompt is taken back.
///
/// @param tenant only a prompt of this tenant is meant; null means whoever's it is
/// @param reason in words for people, or null
public record Cancellation(String promptId, @Nullable String tenant, @Nullable String reason) implements Incoming {

  private static final int LONGEST_REASON = 500;

  public Cancellation {
    if (reason != null && reason.length() > LONGEST_REASON) reason = reason.substring(0, LONGEST_REASON) + "...";
  }

  /// What stands for the prompt where ids are kept, see [AdmittedPrompt#idHash].
  public long idHash() {
    return Ids.hash(promptId);
  }

  /// What stands for this cancellation while its prompt has not come.
  public long hash() {
    return tenant == null ? idHash() : ofTenant(tenant, promptId);
  }

  /// What stands for a cancellation that means a prompt of one tenant.
  public static long ofTenant(String tenant, String promptId) {
    return Ids.hash(tenant + '\0' + promptId);
  }
}
