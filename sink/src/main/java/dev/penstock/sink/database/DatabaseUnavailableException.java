package dev.penstock.sink.database;

/// The database does not serve now; it may later. Nothing was committed.
public final class DatabaseUnavailableException extends RuntimeException {

  public DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
