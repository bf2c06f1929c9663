package dev.penstock.schemas.framing;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// The registry does not serve us now; it may later. Says nothing about the record.
public sealed class RegistryUnavailableException extends SerializationException permits RegistryRefusedException {

  public RegistryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
