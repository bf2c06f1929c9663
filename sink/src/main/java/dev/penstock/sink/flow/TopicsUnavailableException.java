package dev.penstock.sink.flow;

/// Kafka does not answer, or does not have the topics; it may later.
public final class TopicsUnavailableException extends RuntimeException {

  TopicsUnavailableException(String message) {
    super(message);
  }
}
