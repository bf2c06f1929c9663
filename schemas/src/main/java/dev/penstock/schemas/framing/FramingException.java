package dev.penstock.schemas.framing;

import org.apache.kafka.common.errors.SerializationException;

/// Bytes that are not a record of ours, and never will be. The message says what is wrong with them.
public final class FramingException extends SerializationException {

  private final String reason;

  public FramingException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FramingException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /// A stable code: NOT_FRAMED, UNKNOWN_SCHEMA_ID, UNREADABLE_AVRO or INCOMPATIBLE_SCHEMA.
  public String reason() {
    return reason;
  }
}
