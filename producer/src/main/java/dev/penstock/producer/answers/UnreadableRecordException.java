package dev.penstock.producer.answers;

import dev.penstock.schemas.framing.FramingException;

/// A record that somebody else put on the topic. The message says where it is and what is wrong with it; the reader
/// that threw goes on behind it.
public final class UnreadableRecordException extends RuntimeException {

  UnreadableRecordException(String position, FramingException cause) {
    super("record %s cannot be read: %s".formatted(position, cause.getMessage()), cause);
  }
}
