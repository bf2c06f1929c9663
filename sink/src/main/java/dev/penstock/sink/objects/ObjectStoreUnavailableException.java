package dev.penstock.sink.objects;

import java.io.IOException;

/// The object store or the export folder cannot be written now. Nothing of the batch is in the database.
public final class ObjectStoreUnavailableException extends RuntimeException {

  ObjectStoreUnavailableException(IOException cause) {
    super(cause.toString(), cause);
  }
}
