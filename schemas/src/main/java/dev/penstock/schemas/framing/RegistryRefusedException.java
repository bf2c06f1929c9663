package dev.penstock.schemas.framing;

import org.jspecify.annotations.Nullable;

/// The registry answers and will not serve us before somebody changes something: a login, a right, a certificate, the
/// address. The message is a sentence that says what.
public final class RegistryRefusedException extends RegistryUnavailableException {

  public RegistryRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
