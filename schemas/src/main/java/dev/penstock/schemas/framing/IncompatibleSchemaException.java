package dev.penstock.schemas.framing;

import org.apache.kafka.common.errors.SerializationException;

/// The registry refuses a schema because readers or writers of earlier versions would break.
public final class IncompatibleSchemaException extends SerializationException {

  public IncompatibleSchemaException(String message) {
    super(message);
  }
}
