package dev.penstock.schemas.framing;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// The registry does not answer now; it may later. Says nothing about the record.
public final class RegistryUnavailableException extends SerializationException {

  public RegistryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
