package dev.penstock.schemas.framing;

import org.apache.kafka.common.errors.SerializationException;

/// Bytes that are not a record of ours, and never will be. The message says what is wrong with them.
public final class FramingException extends SerializationException {

  private static final String UNKNOWN_SCHEMA_ID = "UNKNOWN_SCHEMA_ID";

  private final String reason;

  public FramingException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FramingException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  static FramingException unknownSchema(int id) {
    return new FramingException(
        UNKNOWN_SCHEMA_ID, "schema id %d is not known to the schema registry".formatted(id));
  }

  /// Whether no schema has the id, so far.
  boolean isUnknownSchema() {
    return reason.equals(UNKNOWN_SCHEMA_ID);
  }

  /// The message says everything, and a stranger may have any number of these made.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  /// A stable code: NOT_FRAMED, UNKNOWN_SCHEMA_ID, UNREADABLE_AVRO or INCOMPATIBLE_SCHEMA.
  public String reason() {
    return reason;
  }
}
