package dev.penstock.sink.database;

/// The database stands at another offset than the writer believes: another instance wrote the partition in
/// between. Nothing was committed; the writer has to start again where the database stands.
public final class StaleOffsetException extends RuntimeException {

  StaleOffsetException(String message) {
    super(message);
  }
}
